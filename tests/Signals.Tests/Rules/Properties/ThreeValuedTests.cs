using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Rules.Evaluation;

namespace Grainwatch.Signals.Tests.Rules.Properties;

/// <summary>There are five truths, so the laws are tried on all of them.</summary>
public sealed class ThreeValuedTests
{
    private static readonly Truth[] All = Enum.GetValues<Truth>();

    [Fact]
    public void AndOrNot_AllPairs_ObeyKleenesLaws()
    {
        foreach (Truth a in All)
        {
            Assert.Equal(a, ThreeValued.Not(ThreeValued.Not(a)));
            Assert.Equal(a, ThreeValued.And(a, a));
            Assert.Equal(a, ThreeValued.Or(a, a));
            Assert.Equal(a, ThreeValued.And(a, Truth.True));
            Assert.Equal(a, ThreeValued.Or(a, Truth.False));
            Assert.Equal(Truth.False, ThreeValued.And(a, Truth.False));
            Assert.Equal(Truth.True, ThreeValued.Or(a, Truth.True));
            foreach (Truth b in All)
            {
                Assert.Equal(ThreeValued.And(a, b), ThreeValued.And(b, a));
                Assert.Equal(ThreeValued.Or(a, b), ThreeValued.Or(b, a));
                Assert.Equal(ThreeValued.Not(ThreeValued.And(a, b)), ThreeValued.Or(ThreeValued.Not(a), ThreeValued.Not(b)));
            }
        }
    }

    [Fact]
    public void AndOr_AllTriples_AreAssociative()
    {
        foreach (Truth a in All)
        {
            foreach (Truth b in All)
            {
                foreach (Truth c in All)
                {
                    Assert.Equal(ThreeValued.And(a, ThreeValued.And(b, c)), ThreeValued.And(ThreeValued.And(a, b), c));
                    Assert.Equal(ThreeValued.Or(a, ThreeValued.Or(b, c)), ThreeValued.Or(ThreeValued.Or(a, b), c));
                }
            }
        }
    }

    /// <summary>Learning what was open never turns a decided answer: the property that makes "Missing" safe.</summary>
    [Fact]
    public void AndOr_OpenOperandIsDecided_KeepsWhatWasDecided()
    {
        foreach (Truth open in All.Where(ThreeValued.IsOpen))
        {
            foreach (Truth other in All)
            {
                foreach (Truth known in new[] { Truth.True, Truth.False })
                {
                    Truth and = ThreeValued.And(open, other), or = ThreeValued.Or(open, other);
                    Assert.True(ThreeValued.IsOpen(and) || and == ThreeValued.And(known, other));
                    Assert.True(ThreeValued.IsOpen(or) || or == ThreeValued.Or(known, other));
                }
            }
        }
    }
}
