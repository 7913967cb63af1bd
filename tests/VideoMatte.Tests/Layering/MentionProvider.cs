using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace VideoMatte.Tests.Layering;

/// <summary>Reports every type in a signature; the signature itself is of no interest, so its value is empty.</summary>
internal sealed class MentionProvider(Action<EntityHandle> mention) : ISignatureTypeProvider<ValueTuple, object?>
{
    public ValueTuple GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Mention(handle);

    public ValueTuple GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Mention(handle);

    public ValueTuple GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        Mention(handle);

    public ValueTuple GetArrayType(ValueTuple elementType, ArrayShape shape) => default;

    public ValueTuple GetByReferenceType(ValueTuple elementType) => default;

    public ValueTuple GetFunctionPointerType(MethodSignature<ValueTuple> signature) => default;

    public ValueTuple GetGenericInstantiation(ValueTuple genericType, ImmutableArray<ValueTuple> typeArguments) => default;

    public ValueTuple GetGenericMethodParameter(object? genericContext, int index) => default;

    public ValueTuple GetGenericTypeParameter(object? genericContext, int index) => default;

    public ValueTuple GetModifiedType(ValueTuple modifier, ValueTuple unmodifiedType, bool isRequired) => default;

    public ValueTuple GetPinnedType(ValueTuple elementType) => default;

    public ValueTuple GetPointerType(ValueTuple elementType) => default;

    public ValueTuple GetPrimitiveType(PrimitiveTypeCode typeCode) => default;

    public ValueTuple GetSZArrayType(ValueTuple elementType) => default;

    private ValueTuple Mention(EntityHandle handle)
    {
        mention(handle);
        return default;
    }
}
