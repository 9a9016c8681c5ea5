using System.Collections.Frozen;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Words that are abuse in most mouths. They stand here because a filter cannot name what it must not know.</summary>
internal static class ToxicLexicon
{
    private const int LeetMax = 24;

    private static readonly (string Category, PhraseBook Book)[] Books =
    [
        ("hate", new PhraseBook(
            """
            1.6 nigger|niggers|nigga|niggas|niggaz|faggot|faggots|fag|fags|dyke|dykes|kike|kikes|spic|spics|chink|chinks|gook|gooks|wetback|wetbacks|towelhead|raghead|tranny|trannies|coon|coons|beaner|beaners|paki|pakis|shemale|honky|redskin|redskins|jigaboo|sandnigger|untermensch|subhuman|subhumans
            1.1 retard|retards|retarded|libtard|libtards|mongoloid|cracker|crackers|redneck|rednecks|queer|queers|homo|homos|whitey|ghetto|teabagger
            1.2 white|black|jewish|muslim|gay|asian|mexican trash|scum|vermin|filth|pigs|animals|savages
            1.3 kill|gas|exterminate|deport|lynch all|every the? jews|muslims|blacks|gays|immigrants|whites|women|men|mexicans|christians
            1.3 all|these|those|filthy|dirty|stupid jews|muslims|blacks|gays|immigrants|mexicans|arabs|women are|should|deserve|need
            0.9 jews|muslims|blacks|gays|immigrants|mexicans|arabs|women|homosexuals|gypsies|refugees are all? animals|vermin|inferior|filth|scum|trash|disgusting|parasites|evil|stupid|criminals|terrorists
            1.0 white|aryan power|supremacy|race|pride|genocide
            1.0 master race
            0.8 heil hitler
            """)),
        ("threat", new PhraseBook(
            """
            1.4 i|we'll|will|would|wanna|could|can|should kill|murder|stab|shoot|strangle|choke|beat|hurt|rape|slap|punch|behead you|him|her|them|u|this|these|all
            1.4 i'll|i'm|imma|ima going? to? gonna? kill|murder|stab|shoot|strangle|rape|beat|hurt|slap|punch|find|destroy you|him|her|them|u
            1.2 hope|wish you|he|she|they|u die|dies|rot|burn|choke|suffer|get|gets cancer|raped|killed|hit|shot?
            1.2 hope|wish you|he|she|they|u die|dies|rot|burn|choke|suffer
            1.3 go|just|and please? kill|hang yourself|urself|himself
            1.3 kill|hang yourself|urself|yourselves
            1.2 kys
            1.0 deserve|deserves to die|suffer|burn|rot
            0.9 beat|slit|slash|cut his|her|your|their|the? throat|throats|ass|face
            0.9 bomb|shoot up the|a school|building|church|mosque|airport
            1.0 heads? on a? pike|pikes|spike|spikes
            0.8 behead|beheaded|lynch|lynched|genocide|massacre|dismember|torture|tortured
            0.8 blow your|his|her|their brains|head out|off
            """)),
        ("self-harm", new PhraseBook(
            """
            1.2 want|wanna|wanted|going|trying|ready|need to? die|disappear
            1.3 kill|killing|hang|hanging|cut|cutting|hurt|hurting|harm|harming|starve|starving|drown myself
            1.2 end|ending|take|taking my own? life
            1.0 commit|attempt|attempted|committing|contemplating suicide
            0.9 suicidal|suicide
            0.9 don't|dont want to live|exist|wake|be alive|here? up?
            0.9 self harm|harming|injury|mutilation
            0.8 my life is|isn't not? worth|worthless|pointless|over
            0.8 cut|cuts|slit|slitting my|your|the|open? wrists|wrist|arms|veins|throat
            0.8 overdose|overdosing on
            0.8 no reason|point to|in live|living
            0.7 wish i was|were dead
            0.8 razor|blade to my|across skin|wrist
            """)),
        ("sexual", new PhraseBook(
            """
            1.1 fucked|fucks|fucking|fuck me|her|him|hard|my|his|deep
            0.9 cock|cocks|pussy|pussies|cunt|cunts|dick|dicks|tits|titties|boobs|blowjob|blowjobs|handjob|cum|cumming|cumshot|orgasm|orgasms|masturbate|masturbating|masturbated|dildo|clit|penis|vagina|nipples|anal|gangbang|threesome|porn|porno|pornstar|hentai|milf|slut|sluts|slutty|whore|whores|horny|naked|nude|nudes|creampie|deepthroat|bukkake|bdsm|erection|throbbing|thrust|thrusting|moaned|moaning|twat|busty|xxx|hooker|prostitute|incest|escort
            1.4 underage|teen|preteen|little|young girl|boy|girls|boys|sex|nude|naked|porn|sister|daughter
            0.7 sex|sexy|erotic|seduce|seduced|undress|undressed|lust|aroused|intercourse|panties|bra|stripper|strip|kinky|fetish|rape|raped|rapist|molest|molested|pedophile|lolita|loli|ass
            """)),
        ("abuse", new PhraseBook(
            """
            0.9 fuck|fucks|fucked|fucker|fuckers|fucking|fuckin|motherfucker|motherfuckers|motherfucking|mothafucka|bitch|bitches|bitchy|bitching|cunt|asshole|assholes|bastard|bastards|hoe|hoes|thot|thots|skank|dickhead|dumbass|dumbasses|jackass|douchebag|douche|prick|wanker|shithead|bullshit|shitty|shit|shits|bimbo|simp|simps|cuck|cucks|incel|incels|scumbag|scumbags|tf|stfu|gtfo|wtf|af|lmfao|pos|degenerate|degenerates|cocksucker|fucktard|dipshit|piss|pissed|bih|biatch
            0.6 idiot|idiots|idiotic|moron|morons|moronic|imbecile|dumb|stupid|stupidity|loser|losers|scum|trash|garbage|pathetic|disgusting|worthless|ugly|clown|clowns|crap|damn|goddamn|hell|nazi|nazis|fascist|commie|commies|psycho|lunatic|creep|pervert|filthy|filth|vile|dirtbag|coward|liar|liars|hypocrite|brainwashed|sheep|sheeple|snowflake|karen|fat|pig|pigs|freak|freaks|vermin|parasite|parasites|traitor|traitors|demonic|delusional|brainless|braindead|shut|hate|sucks|suck|terrorist|terrorists|rat|monkey|monkeys
            0.8 shut up|the fuck?
            0.9 you're|you|youre|ur are? such? a|an|the? idiot|moron|loser|joke|disgrace|piece|clown|disgusting|pathetic|stupid|trash|worthless|ugly|dumb
            0.9 piece|pieces of shit|crap|trash|garbage|filth
            0.8 go to hell
            0.8 screw you|them|off
            0.8 i fucking? hate you|them|him|her|these|those
            """)),
    ];

    private static readonly FrozenSet<ulong> Starts = Books.SelectMany(b => b.Book.Starts).ToFrozenSet();

    /// <summary>What was found, summed with falling weight; 0: nothing.</summary>
    public static double Severity(AnalysedText text, out string? category)
    {
        ReadOnlySpan<Word> words = Folded(text, out Word[]? folded) ? folded : text.Words;
        double severity = 0.0;
        double heaviest = 0.0;
        int found = 0;
        category = null;
        for (int i = 0; i < words.Length; i++)
        {
            if (!Starts.Contains(words[i].Hash))
            {
                continue;
            }

            foreach ((string name, PhraseBook book) in Books)
            {
                (double weight, int length) = book.At(words, i);
                if (length == 0)
                {
                    continue;
                }

                // The second word of abuse adds half, the third a third.
                found++;
                severity += weight / found;
                if (weight > heaviest)
                {
                    (heaviest, category) = (weight, name);
                }
            }
        }

        return severity;
    }

    // Words whose letters are replaced by signs and digits ("sh1t", "f*ck", "a$$") get the hash of what is meant.
    private static bool Folded(AnalysedText text, out Word[]? folded)
    {
        folded = null;
        ReadOnlySpan<Word> words = text.Words;
        Span<char> buffer = stackalloc char[LeetMax];
        for (int i = 0; i < words.Length; i++)
        {
            Word word = words[i];
            if (word.Is(WordFlags.Code))
            {
                continue;
            }

            int end = word.End;
            bool odd = word.Is(WordFlags.Number);
            while (end < text.Text.Length && end - word.Start < LeetMax && (char.IsAsciiLetterOrDigit(text.Text[end]) || text.Text[end] is '*' or '@' or '$' or '!'))
            {
                odd |= !char.IsAsciiLetter(text.Text[end]);
                end++;
            }

            odd |= text.Text.AsSpan(word.Start, word.Length).IndexOfAny('0', '1', '3') >= 0;
            if (!odd || end - word.Start > LeetMax || !Fold(text.Text.AsSpan(word.Start, end - word.Start), buffer, out int length))
            {
                continue;
            }

            folded ??= words.ToArray();
            ulong hash = WordHash.Of(buffer[..length]);
            folded[i] = word with { Hash = hash, Stem = hash };
        }

        return folded is not null;
    }

    private static bool Fold(ReadOnlySpan<char> word, Span<char> buffer, out int length)
    {
        length = 0;
        int letters = 0;
        foreach (char c in word)
        {
            char plain = c switch { '1' or '!' => 'i', '3' => 'e', '0' => 'o', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', '*' => 'u', _ => c };
            letters += char.IsAsciiLetter(c) ? 1 : 0;
            if (char.IsAsciiLetter(plain))
            {
                buffer[length++] = plain;
            }
        }

        // "2010" and "100!" mean what they say; a mark at the end ends a sentence.
        length -= length > 0 && word[^1] is '!' ? 1 : 0;
        return letters >= 2 && length > 2;
    }
}
