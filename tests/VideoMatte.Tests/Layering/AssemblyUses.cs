using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace VideoMatte.Tests.Layering;

/// <summary>Reads from a compiled assembly which type mentions which. Constants are the one thing that is gone by then: the compiler copies
/// their values.</summary>
internal sealed class AssemblyUses
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => (int)(ushort)o.Value, o => o.OperandType);

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly HashSet<TypeUse> _uses = [];
    private TypeName _from;

    private AssemblyUses(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
    }

    /// <summary>Every use in the assembly at <paramref name="path"/>, each once, without those of a type by itself.</summary>
    public static IReadOnlyCollection<TypeUse> Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = new AssemblyUses(file);
        foreach (TypeDefinitionHandle handle in reader._metadata.TypeDefinitions)
            reader.ReadType(handle);
        return reader._uses;
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        _from = Outermost(handle);
        Mention(type.BaseType);
        foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations())
            Mention(_metadata.GetInterfaceImplementation(implemented).Interface);
        ReadConstraints(type.GetGenericParameters());
        var signatures = new MentionProvider(Mention);
        foreach (FieldDefinitionHandle field in type.GetFields())
            _metadata.GetFieldDefinition(field).DecodeSignature(signatures, null);
        foreach (MethodDefinitionHandle methodHandle in type.GetMethods())
        {
            MethodDefinition method = _metadata.GetMethodDefinition(methodHandle);
            method.DecodeSignature(signatures, null);
            ReadConstraints(method.GetGenericParameters());
            if (method.RelativeVirtualAddress != 0)
                ReadBody(_file.GetMethodBody(method.RelativeVirtualAddress), signatures);
        }
    }

    private void ReadConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameterConstraintHandle handle in parameters.SelectMany(p => _metadata.GetGenericParameter(p).GetConstraints()))
            Mention(_metadata.GetGenericParameterConstraint(handle).Type);
    }

    private void ReadBody(MethodBodyBlock body, MentionProvider signatures)
    {
        if (!body.LocalSignature.IsNil)
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(signatures, null);
        foreach (ExceptionRegion region in body.ExceptionRegions)
            Mention(region.CatchType);
        BlobReader code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int opcode = code.ReadByte();
            if (opcode == 0xFE)
                opcode = 0xFE00 | code.ReadByte();
            switch (Operands[opcode])
            {
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    Mention(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    int cases = code.ReadInt32();
                    code.Offset += 4 * cases;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }
    }

    private void Mention(EntityHandle handle)
    {
        if (handle.IsNil)
            return;
        var signatures = new MentionProvider(Mention);
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                Add(Outermost((TypeDefinitionHandle)handle));
                break;
            case HandleKind.TypeReference:
                Add(Outermost((TypeReferenceHandle)handle));
                break;
            case HandleKind.TypeSpecification:
                _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(signatures, null);
                break;
            case HandleKind.MethodDefinition:
                Mention(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Mention(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Mention(_metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification method = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Mention(method.Method);
                method.DecodeSignature(signatures, null);
                break;
        }
    }

    private void Add(TypeName to)
    {
        if (to != _from)
            _uses.Add(new TypeUse(_from, to));
    }

    private TypeName Outermost(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
            type = _metadata.GetTypeDefinition(type.GetDeclaringType());
        return new TypeName(_metadata.GetString(type.Namespace), _metadata.GetString(type.Name));
    }

    private TypeName Outermost(TypeReferenceHandle handle)
    {
        TypeReference type = _metadata.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference)
            type = _metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        return new TypeName(_metadata.GetString(type.Namespace), _metadata.GetString(type.Name));
    }
}
