using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Rules.Conditions;

// Functions, metrics, windows and numbers.
public sealed partial class ConditionParser
{
    private Expression Call()
    {
        ConditionToken name = _tokens[_next];
        _next += 2;
        Expression call = name.Text switch
        {
            "quality" => Quality(QualityTerm.Quality),
            "drift" => Quality(QualityTerm.Drift),
            "unknown" => Quality(QualityTerm.Unknown),
            "coverage" => Quality(QualityTerm.Coverage),
            "changed" => Changed(),
            "slo" => Slo(),
            _ => MetricCall(name),
        };
        return call with { At = new(name.Offset) };
    }

    private MetricFunctionExpression MetricCall(ConditionToken name)
    {
        if (!FunctionTable.TryFind(name.Text, out FunctionShape? shape, out double percentile))
        {
            throw new ConditionException(name.Offset, $"unknown function '{name.Text}': known are {FunctionTable.Known}");
        }

        MetricReference metric = Metric();
        WindowLength? window = OptionalWindow();
        if (shape.Window == WindowUse.Required && window is null)
        {
            throw new ConditionException(Current.Offset, $"{name.Text} needs a window: {name.Text}({metric}[5m])");
        }

        if (shape.Window == WindowUse.None && window is not null)
        {
            throw new ConditionException(name.Offset, $"{name.Text} takes no window: {name.Text}({metric})");
        }

        List<NumberExpression> arguments = shape.Function == MetricFunction.Percentile ? [new NumberExpression(percentile)] : [];
        while (Take(",") is not null)
        {
            arguments.Add(Number());
        }

        int given = shape.Function == MetricFunction.Percentile ? arguments.Count - 1 : arguments.Count;
        if (given < shape.MinArguments || given > shape.MaxArguments)
        {
            string wanted = shape.MinArguments == shape.MaxArguments ? $"{shape.MinArguments}" : $"{shape.MinArguments} to {shape.MaxArguments}";
            throw new ConditionException(name.Offset, $"{name.Text} takes {wanted} numbers after the metric, {given} given");
        }

        Expect(")");
        return new MetricFunctionExpression(shape.Function, metric, window, arguments);
    }

    private QualityExpression Quality(QualityTerm term)
    {
        ConditionToken dimension = Current;
        if (dimension.Kind != TokenKind.Name)
        {
            throw Unexpected("a quality dimension");
        }

        _next++;
        Expect(")");
        bool needsWindow = term is QualityTerm.Unknown or QualityTerm.Coverage;
        ConditionToken after = Current;
        WindowLength? window = OptionalWindow();
        if (needsWindow != window.HasValue)
        {
            string name = term.ToString().ToLowerInvariant();
            throw new ConditionException(after.Offset, needsWindow
                ? $"{name} needs a window: {name}({dimension.Text})[15m]"
                : $"{name} takes no window: its detector decides how much evidence is enough");
        }

        return new QualityExpression(term, dimension.Text, window);
    }

    private ChangedExpression Changed()
    {
        ChangeKind? kind = Current.Text switch
        {
            "deployment" => ChangeKind.Deployment,
            "adapter" => ChangeKind.Adapter,
            "scaling" => ChangeKind.Scaling,
            "restart" => ChangeKind.Restart,
            _ => null,
        };
        if (kind is null)
        {
            throw Unexpected("deployment, adapter, scaling or restart");
        }

        _next++;
        Expect(",");
        WindowLength within = Window();
        Expect(")");
        return new ChangedExpression(kind.Value, within);
    }

    private SloExpression Slo()
    {
        IReadOnlyList<SloTerm> good = SloSum();
        Expect(",");
        IReadOnlyList<SloTerm> total = SloSum();
        Expect(",");
        NumberExpression target = Number();
        List<BurnWindow> windows = [];
        if (Take(",") is not null)
        {
            Expect("windows");
            _ = Take(":"); // YAML wants a text with a colon and a space in quotes, so it may be left out.
            do
            {
                WindowLength longer = Window();
                Expect("/");
                windows.Add(new BurnWindow(longer, Window()));
            }
            while (Take("and") is not null);
        }

        Expect(")");
        return new SloExpression(good, total, target, windows.Count > 0 ? windows : SloExpression.DefaultWindows);
    }

    private List<SloTerm> SloSum()
    {
        List<SloTerm> terms = [new SloTerm(Metric(), false)];
        while ((Take("+") ?? Take("-")) is { } sign)
        {
            terms.Add(new SloTerm(Metric(), sign.Text == "-"));
        }

        return terms;
    }

    private MetricReference Metric()
    {
        Reach reach = Reach.Own;
        MetricName first = Name(ref reach);
        List<MetricName> others = [];
        while (Take("|") is { } bar)
        {
            Reach same = reach;
            others.Add(Name(ref same));
            if (others.Count >= MetricReference.MaxAlternatives)
            {
                throw new ConditionException(bar.Offset, $"at most {MetricReference.MaxAlternatives} metrics in one reference");
            }
        }

        return new MetricReference(reach, first, others);
    }

    private MetricName Name(ref Reach reach)
    {
        ConditionToken token = Current;
        if (token.Kind is not (TokenKind.Name or TokenKind.Quoted) || (token.Kind == TokenKind.Name && ConditionLexer.IsKeyword(token.Text)))
        {
            throw Unexpected("a metric");
        }

        _next++;
        string text = token.Text;
        if (token.Kind == TokenKind.Name && text.StartsWith("endpoint.", StringComparison.Ordinal))
        {
            reach = Reach.Endpoint;
            text = text["endpoint.".Length..];
        }
        else if (token.Kind == TokenKind.Name && text.StartsWith("instance.", StringComparison.Ordinal))
        {
            reach = Reach.Instance;
            text = text["instance.".Length..];
        }

        return MetricCatalogue.Default.Resolve(text).Metric;
    }

    private WindowLength? OptionalWindow()
    {
        if (Take("[") is null)
        {
            return null;
        }

        WindowLength window = Window();
        Expect("]");
        return window;
    }

    private WindowLength Window()
    {
        if (Take("staleAfter") is not null)
        {
            return WindowLength.StaleAfter;
        }

        ConditionToken token = Current;
        NumberExpression number = Number(inWindow: true);
        TimeSpan span = NumberUnits.IsTime(number.Unit) && number.Per == NumberUnit.None && number.Value <= WindowLength.Max.TotalSeconds
            ? TimeSpan.FromMilliseconds(Math.Round(number.Value * 1000))
            : TimeSpan.Zero;
        if (span > TimeSpan.Zero)
        {
            return new WindowLength(span);
        }

        throw new ConditionException(token.Offset, NumberUnits.IsTime(number.Unit) && number.Value > 0
            ? $"a window is at most {Durations.Format(WindowLength.Max)}"
            : $"a window is a length of time such as 30s or 5m, not {token}");
    }

    private NumberExpression Number(bool inWindow = false)
    {
        ConditionToken token = Current;
        if (token.Number is { } number)
        {
            _next++;
            return number;
        }

        if (token.Kind != TokenKind.Parameter)
        {
            throw Unexpected(inWindow ? "a length of time" : "a number");
        }

        _next++;
        return _parameters.TryGetValue(token.Text, out NumberExpression? value)
            ? value with { At = new(token.Offset) }
            : throw new ConditionException(token.Offset, $"unknown parameter '${token.Text}'" + (_parameters.Count == 0 ? "" : $": known are {string.Join(", ", _parameters.Keys.Order(StringComparer.Ordinal))}"));
    }
}
