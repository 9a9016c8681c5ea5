using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Grainwatch.Signals.Alerts;

/// <summary>A condition over alerts in three-valued logic: null is "not known".</summary>
[JsonDerivedType(typeof(Fires), "fires")]
[JsonDerivedType(typeof(And), "and")]
[JsonDerivedType(typeof(Or), "or")]
[JsonDerivedType(typeof(Not), "not")]
public abstract record CompositeCondition
{
    private CompositeCondition()
    {
    }

    /// <summary>Any alert that matches fires. Not known: none fires, and none matches or one of them is not known.</summary>
    public sealed record Fires(ImmutableArray<Matcher> Matchers) : CompositeCondition;

    public sealed record And(CompositeCondition Left, CompositeCondition Right) : CompositeCondition;

    public sealed record Or(CompositeCondition Left, CompositeCondition Right) : CompositeCondition;

    public sealed record Not(CompositeCondition Operand) : CompositeCondition;

    /// <summary>Kleene's tables: false decides an "and", true decides an "or", whatever the other side is.</summary>
    /// <param name="leaf">Answers for a <see cref="Fires"/>.</param>
    public bool? Evaluate(Func<ImmutableArray<Matcher>, bool?> leaf) => this switch
    {
        Fires fires => leaf(fires.Matchers),
        And and => (and.Left.Evaluate(leaf), and.Right.Evaluate(leaf)) switch
        {
            (false, _) or (_, false) => false,
            (true, true) => true,
            _ => null,
        },
        Or or => (or.Left.Evaluate(leaf), or.Right.Evaluate(leaf)) switch
        {
            (true, _) or (_, true) => true,
            (false, false) => false,
            _ => null,
        },
        Not not => !not.Operand.Evaluate(leaf),
        _ => null,
    };
}
