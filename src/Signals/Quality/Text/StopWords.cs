namespace Grainwatch.Signals.Quality.Text;

/// <summary>English words that say nothing of a subject, and those that say little.</summary>
public static class StopWords
{
    /// <summary>Function words: no weight.</summary>
    public static WordSet English { get; } = new(
        """
        a an the of to in on at for and or nor is are was were be been being am it its it's this that that's these those with as by
        from he she they his her hers their theirs him them have has had having not n't no but which who whom whose what when where
        why how will would can could may might must shall should also than then there there's here about into onto after before
        over under again more most other some any such only own same so too very i you we my your yours our ours me us do does did
        doing done if because while until during through between both each few just s t 's 're 'm 've 'll 'd i'm i've i'd i'll
        you're you've you'd you'll he's she's we're we've we'll they're they've don't didn't doesn't isn't aren't wasn't weren't
        can't cannot couldn't won't wouldn't shouldn't haven't hasn't hadn't ca wo ai ain't let let's get got out up down off all
        one's as-is yes yeah ok okay oh well ah um hi hello hey lol wow yep nope sure thanks thank
        """);

    /// <summary>Common words: a third of a weight.</summary>
    public static WordSet Common { get; } = new(
        """
        think know like really actually maybe probably people person thing things something anything everything way ways make makes
        made making see saw seen say said says go goes going went come came take took want wanted need needs use used using good
        great nice love loved lot lots much many even still ever never always often sometimes though although however first last
        new old big small long time times year years day days back now today part different another else since every pretty quite
        right better best little bit sounds sound guess agree believe feel heard hear watch watched interesting true please help
        important example including based around without within able question answer give given provide describe explain
        list write following sentence sentences text word words
        """);

    /// <summary>What a word tells of the subject: 0 for function words, .35 for common ones, 1 for the rest.</summary>
    public static double Weight(in Word word)
    {
        if (word.Is(WordFlags.Stop))
        {
            return 0.0;
        }

        return Common.Contains(word.Hash) ? 0.35 : 1.0;
    }
}
