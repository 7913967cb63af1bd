namespace VideoMatte.Models;

/// <summary>Whether a model's licence allows commercial use. <see cref="Unknown"/> gates like <see cref="No"/>.</summary>
public enum CommercialUse
{
    Unknown = 0,
    Yes,
    No,
}
