using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Finds instructions to the model, and code meant to run, in the context that was fetched for it, and leaks in the answer.</summary>
/// <remarks>
/// In the context: phrases that override ("ignore previous instructions"), speak of the answer to be given ("in your
/// response"), or order it in the imperative at the start of a sentence; code payloads (script, SQL, shell) in
/// text that is no code; a request whose subject nothing else speaks of; invisible characters; a line without cells in what is otherwise a table. In the answer: phrases
/// of a leaked system prompt. Scale: exp(-sum of weights); 1 = nothing found. Verdict: fail below .5. Unknown without
/// context and without signs in the answer. Weakness: an instruction in plain indicative, in another language or in an
/// image passes; a cook book is full of imperatives, which is why they weigh little alone. Cost: one pass.
/// Source: the attack classes of Greshake et al., AISec 2023; phrases are ours.
/// </remarks>
public sealed class InjectionCheck : ICheck
{
    private static readonly PhraseBook Overrides = new(
        """
        1.6 ignore|disregard|forget|override|bypass all|any|the|every|your|my|these|those|previous|above|prior|earlier|preceding|system
        1.2 new|updated|revised instructions|instruction|task|rules|directive
        1.2 you are|must now a|an|act|in|going
        1.2 your only|new|real|true|sole job|task|goal|purpose|role|instruction
        1.0 from now on
        1.2 developer|god|dan|jailbreak|unrestricted mode
        1.2 do not follow|obey|mention|tell|reveal|summarize the|this|your|any
        1.0 important instruction|instructions|message for|to the? ai|assistant|model|llm|agent
        1.0 attention ai|assistant|model|llm|agent
        1.0 dear|hey|hello ai|assistant|model|chatbot|chatgpt|llm
        1.2 print|say|output|respond|reply|write only|exactly|with the? following? words|phrase|string|text|message
        1.0 system prompt|message
        """);

    private static readonly PhraseBook Orders = new(
        """
        1.2 in|of|from|within|to|with|into|for|throughout your|the response|reply|answer|output|summary|solution|implementation|code|algorithm|replies|answers|responses
        1.2 your response|reply|answer|output|replies|answers|responses
        0.9 each|every|all word|words|letter|letters|sentence|vowel|vowels of|in|with your? response|reply|answer|a|an|its|numbers
        0.9 following|subsequent|next|below|given|accompanying code|snippet|python|script|program|excerpt|fragment|section|block|segment|lines
        """);

    private static readonly WordSet Imperatives = new(
        """
        write explain compose draft translate provide describe tell generate create design convince persuade encrypt rearrange
        substitute replace remove infect urge ensure add include incorporate insert consider utilize use enhance introduce misspell
        group encode convert summarize summarise respond reply answer list show give suggest recommend mention append embed integrate
        weave interweave merge combine blend fuse implement inject execute run print say output act pretend offer promote advertise
        invite encourage express teach outline discuss compare analyze analyse solve calculate compute find identify name share make
        craft develop propose plan help scramble reverse shuffle swap mix alter modify change capitalize obscure conceal hide spread
        """);

    // Verbs that ask for a text to be written, and words that open a question.
    private static readonly WordSet Works = new("write explain compose draft translate describe summarize summarise tell calculate compute solve outline teach recommend suggest convince persuade");

    private static readonly WordSet Asks = new("what what's who who's whose when where why how which can could");

    private static readonly ulong Please = WordHash.Of("please");

    private static readonly string[] Payloads =
    [
        "<script", "<iframe", "<svg", "javascript:", "onerror=", "onload=", "drop table", "union select", "' or '1'='1", "1=1", "sleep(", "exec(", "eval(", "os.system",
        "subprocess", "__import__", "rm -rf", "/etc/passwd", "curl -", "wget ", "base64 -d", "powershell", "cmd.exe", "system(", "document.cookie",
        "alert(", "xp_cmdshell", "information_schema", "select * from", "`id`", "$(whoami)", "insert into", "delete from", "select case", "runtime.exec", "popen(", "import os", "import socket", "requests.post(", "smtplib", "onmouseover=",
    ];

    private static readonly System.Buffers.SearchValues<string> PayloadStarts =
        System.Buffers.SearchValues.Create(Payloads, StringComparison.OrdinalIgnoreCase);

    private static readonly PhraseBook Leaks = new(
        """
        1.2 my|the system|initial|hidden prompt|instructions is|are|says|say|read|reads
        1.2 my instructions|guidelines are|say|tell
        1.0 i was|am told|instructed not? to ignore|follow|reveal|say|always|never
        1.0 here is|are my|the system prompt|instructions|message
        """);

    private const int EarlyWords = 4;
    private const double ForeignRequest = 0.75;

    public string Dimension => QualityDimensions.Injection;

    public string Evaluator => "injection-signs";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        List<string> reasons = [];
        double sum = Heaviest(input.Response, Leaks, "the answer speaks of its own instructions", reasons);
        if (input.Context is { } context)
        {
            sum += Heaviest(context, Overrides, "the context overrides instructions", reasons);
            sum += Commands(context, input.Prompt, reasons);
            sum += Payload(context, reasons);
            sum += Invisible(context.Text, reasons);
            sum += OutOfTable(context, reasons);
        }
        else if (sum == 0.0)
        {
            return DimensionScore.Unknown(this, "no context, and no sign in the answer");
        }

        return DimensionScore.Of(this, Math.Exp(-sum), reasons);
    }

    private static double Heaviest(AnalysedText text, PhraseBook book, string reason, List<string> reasons)
    {
        double heaviest = 0.0;
        for (int i = 0; i < text.Words.Length; i++)
        {
            heaviest = Math.Max(heaviest, book.At(text.Words, i).Weight);
        }

        if (heaviest > 0.0)
        {
            reasons.Add(reason);
        }

        return heaviest;
    }

    // A unit is a sentence or line: from a first word to the next one.
    private static double Commands(AnalysedText context, AnalysedText prompt, List<string> reasons)
    {
        double most = 0.0;
        ReadOnlySpan<Word> words = context.Words;
        for (int start = 0; start < words.Length;)
        {
            int end = start + 1;
            while (end < words.Length && !words[end].Is(WordFlags.First))
            {
                end++;
            }

            LineKind kind = context.LineAt(words[start].Start).Kind;
            if (kind is not (LineKind.TableRow or LineKind.Code))
            {
                most = Math.Max(most, Command(context, prompt, words[start..end]));
            }

            start = end;
        }

        if (most >= 0.5)
        {
            reasons.Add("the context gives orders to who answers");
        }

        return most;
    }

    private static double Command(AnalysedText context, AnalysedText prompt, ReadOnlySpan<Word> unit)
    {
        unit = unit.Length > 1 && unit[0].Hash == Please ? unit[1..] : unit;
        if (unit.Length < 3)
        {
            return 0.0;
        }

        double speaks = 0.0;
        bool early = false;
        for (int i = 0; i < unit.Length; i++)
        {
            double weight = Orders.At(unit, i).Weight;
            early |= weight > 1.0 && i < EarlyWords;
            speaks = Math.Max(speaks, weight);
        }

        bool orders = Imperatives.Contains(unit[0].Hash) && unit[0].Is(WordFlags.Capital);
        if (speaks > 0.0)
        {
            // An order about the answer is what no document needs; each alone is ordinary.
            return orders || early ? speaks : speaks * 0.5;
        }

        bool asks = (orders && Works.Contains(unit[0].Hash)) || (Asks.Contains(unit[0].Hash) && unit[0].Is(WordFlags.Capital) && IsQuestion(context, unit));
        return asks && IsForeign(context, prompt, unit) ? ForeignRequest : orders ? 0.2 : 0.0;
    }

    private static bool IsQuestion(AnalysedText context, ReadOnlySpan<Word> unit)
    {
        int end = unit[^1].End;
        return context.Text.AsSpan(end, Math.Min(4, context.Text.Length - end)).Contains('?');
    }

    // A request whose subject nothing else in the context or the prompt speaks of.
    private static bool IsForeign(AnalysedText context, AnalysedText prompt, ReadOnlySpan<Word> unit)
    {
        int start = unit[0].Start;
        int end = unit[^1].End;
        HashSet<ulong> subject = [];
        foreach (Word word in unit[1..])
        {
            if (StopWords.Weight(word) >= 1.0 && !prompt.Stems.Contains(word.Stem))
            {
                subject.Add(word.Stem);
            }
        }

        int asked = subject.Count;
        foreach (Word word in context.Words)
        {
            if (word.Start < start || word.Start >= end)
            {
                subject.Remove(word.Stem);
            }
        }

        return asked > 0 && subject.Count == asked;
    }

    private static double Payload(AnalysedText context, List<string> reasons)
    {
        int at = context.Text.AsSpan().IndexOfAny(PayloadStarts);
        if (at < 0)
        {
            return 0.0;
        }

        // Code about code is ordinary; a payload in a mail is not.
        int code = 0;
        foreach (TextLine line in context.Lines)
        {
            code += line.Kind == LineKind.Code ? 1 : 0;
        }

        bool codeContext = code >= 3 && code * 5 > context.Lines.Length;
        reasons.Add("the context carries code that would run");
        return codeContext ? 0.3 : 1.2;
    }

    private static double Invisible(string text, List<string> reasons)
    {
        int hidden = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool tag = text[i] == '\uDB40' && i + 1 < text.Length && text[i + 1] is >= '\uDC00' and <= '\uDC7F';
            hidden += tag || text[i] is '\u2062' or '\u2063' or '\u202E' or '\u2066' or '\u2067' ? 1 : 0;
        }

        if (hidden == 0)
        {
            return 0.0;
        }

        reasons.Add($"{hidden} invisible characters in the context");
        return 1.2;
    }

    // A table whose rows all have cells, and one line that has none.
    private static double OutOfTable(AnalysedText context, List<string> reasons)
    {
        int rows = 0;
        int others = 0;
        foreach (TextLine line in context.Lines)
        {
            rows += line.Kind is LineKind.TableRow or LineKind.Ruler ? 1 : 0;
            others += line.Kind is LineKind.Prose or LineKind.ListItem ? 1 : 0;
        }

        int broken = rows >= 3 ? BrokenRows(context) : 0;
        if (rows < 3 || (others == 0 && broken == 0) || others > 3)
        {
            return 0.0;
        }

        reasons.Add("a line among the rows of a table is no row");
        return 0.9;
    }

    // Text before the first or behind the last cell mark of a row that its neighbours do not have.
    private static int BrokenRows(AnalysedText context)
    {
        int framed = 0;
        int broken = 0;
        foreach (TextLine line in context.Lines)
        {
            if (line.Kind == LineKind.TableRow)
            {
                ReadOnlySpan<char> row = context.Of(line).Trim();
                bool whole = row[0] == '|' && row[^1] == '|';
                framed += whole ? 1 : 0;
                broken += whole ? 0 : 1;
            }
        }

        return framed >= 3 * broken ? broken : 0;
    }
}
