namespace Grainwatch.Signals.Quality.Text;

/// <summary>A guess of a text's language from its script and function words; null where it would be a guess only.</summary>
internal static class LanguageGuess
{
    private const int WordsMin = 3;
    private const double ShareMin = 0.08;

    private static readonly (string Code, WordSet Words)[] Latin =
    [
        ("en", new("the of and to in is that it was for on are with as his they be at this have from or had by but not what all were we when your can said there use an each which she do how their if will up about out many then them these so some her would make like him into has two more")),
        ("de", new("der die und den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man wir ich kann wenn")),
        ("fr", new("le la les des et un une est du que en dans qui pour pas au sur plus par je il avec ne se ce cette sont mais nous vous ou leur elle être été comme sa son tout fait aux ces mes même aussi c'est d'un d'une qu'il n'est j'ai")),
        ("es", new("el la los las de que y en un una por con no para es se del lo como más pero sus le ya este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni contra otros ese eso ante ellos esto")),
        ("it", new("il la che di un una per non sono con si da come le dei nel alla più anche ma se della gli ha questo del delle è lo ci io mi i al dal sua suo loro perché quando essere fatto tutto molto cosa nella degli")),
        ("pt", new("o a os as de que e do da em um uma para com não por mais dos como mas foi ao ele das tem seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos são você")),
        ("nl", new("de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij uit nog naar heeft ze wordt door over hij kan deze of worden dit wel geen werd hebben meer was je ik")),
        ("sv", new("och att det i en som är på av för med den till inte om ett han men var jag sig från vi så kan när hade hon ska nu också efter eller än där ha vara under mycket denna alla detta")),
        ("pl", new("i w na z się nie do to że jest o jak po ale co za od tak przez czy dla tego są był jego już jako być może tylko który które oraz ich przy gdy tym nad")),
    ];

    private static readonly System.Collections.Frozen.FrozenDictionary<ulong, int> Masks = BuildMasks();

    /// <summary>A language code, or the name of a script that stands for its language; null: cannot tell.</summary>
    internal static string? Of(AnalysedText text)
    {
        Span<int> scripts = stackalloc int[Scripts.Count];
        Span<int> hits = stackalloc int[Latin.Length];
        int words = 0;
        foreach (Word word in text.Words)
        {
            if (word.Script == Script.Common || word.Is(WordFlags.Code))
            {
                continue;
            }

            words++;
            scripts[(int)word.Script]++;
            if (Masks.TryGetValue(word.Hash, out int mask))
            {
                for (int k = 0; k < hits.Length; k++)
                {
                    hits[k] += (mask >> k) & 1;
                }
            }
        }

        if (words < WordsMin)
        {
            return null;
        }

        int japanese = scripts[(int)Script.Kana];
        int best = Best(scripts);
        if (best != (int)Script.Latin)
        {
            bool kana = best is (int)Script.Han or (int)Script.Kana && japanese * 8 >= scripts[(int)Script.Han];
            return kana ? "Kana" : ((Script)best).ToString();
        }

        int language = Best(hits);
        int second = 0;
        for (int k = 0; k < hits.Length; k++)
        {
            second = k != language ? Math.Max(second, hits[k]) : second;
        }

        bool told = hits[language] >= 2 && hits[language] >= ShareMin * words && hits[language] > second;
        return told ? Latin[language].Code : null;
    }

    private static int Best(ReadOnlySpan<int> counts)
    {
        int best = 0;
        for (int i = 1; i < counts.Length; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }

        return best;
    }

    private static System.Collections.Frozen.FrozenDictionary<ulong, int> BuildMasks()
    {
        Dictionary<ulong, int> masks = [];
        for (int k = 0; k < Latin.Length; k++)
        {
            foreach (ulong hash in Latin[k].Words.Hashes)
            {
                masks[hash] = masks.GetValueOrDefault(hash) | (1 << k);
            }
        }

        return System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(masks);
    }
}
