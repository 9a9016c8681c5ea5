namespace Grainwatch.Generator.Engine;

/// <summary>
/// A model of one copy of a serving engine: continuous batching over a KV pool in blocks.
/// </summary>
/// <remarks>
/// A request waits in a queue until the batch has a place and the pool has blocks for its prompt. Prompts are read in
/// chunks between decode steps; then every request in the batch gets one token a step. A step takes
/// <c>(s0 + s1 n) p(kv)</c>, where p is 1 up to 92 % of the pool and rises smoothly until 99 %: the knee that was reported
/// of a real engine (107 ms a token at 79 %, 114 at 92 %, 440 at 99 %: a factor of 4; by default it is milder). A full
/// pool with a knee as steep as that keeps itself full: the collapse of some reports. When a growing request finds no block,
/// the one that arrived last is thrown out, gives its blocks back, and has to be read again from its start with what it
/// had written (preemption by recompute, as vLLM does). GPU utilisation is the share of time in which a kernel runs:
/// a small batch waits for the host, a large or stressed one does not.
/// </remarks>
public sealed class ServingEngine(EngineSettings settings)
{
    private const double KneeStart = 0.92;
    private const double KneeEnd = 0.99;
    private const double PrefillShare = 0.6;

    private readonly LinkedList<EngineRequest> _queue = new();
    private readonly List<EngineRequest> _running = [];
    private int _usedBlocks;

    public EngineSettings Settings { get; } = settings;

    public EngineConditions Conditions { get; } = new();

    public EngineInterval Interval { get; } = new();

    public int Waiting => _queue.Count;

    public int Running => _running.Count;

    /// <summary>Share of the pool in use, leaked blocks included.</summary>
    public double KvUsage => Math.Min(1.0, (_usedBlocks + LeakedBlocks) / (double)Settings.PoolBlocks);

    /// <summary>Share of the last step in which a kernel ran.</summary>
    public double Utilization { get; private set; }

    private int LeakedBlocks => (int)(Conditions.LeakedPool * Settings.PoolBlocks);

    private int FreeBlocks => Settings.PoolBlocks - LeakedBlocks - _usedBlocks;

    public void Arrive(EngineRequest request, Dice dice)
    {
        Interval.Arrived++;
        Interval.PromptTokensOfArrivals += request.PromptTokens;
        bool refused = Conditions.Down || _queue.Count >= Settings.MaxQueue;
        if (refused || (Conditions.FailShare > 0 && dice.Chance(Conditions.FailShare)))
        {
            Interval.Failed++;
            return;
        }

        _queue.AddLast(request);
    }

    /// <summary>Puts a request straight into the batch, whatever the queue: for the long ones of a scenario.</summary>
    public void Pin(EngineRequest request)
    {
        request.Blocks = request.BlocksNeeded;
        _usedBlocks += request.Blocks;
        request.PrefillLeft = 0;
        _running.Insert(0, request);
    }

    /// <summary>Loses everything inside, as a restart of the process does.</summary>
    public void Restart()
    {
        Interval.Failed += _running.Count(r => !r.Pinned) + _queue.Count;
        _running.Clear();
        _queue.Clear();
        _usedBlocks = 0;
    }

    /// <summary>Advances by one step.</summary>
    /// <param name="now">End of the step.</param>
    /// <param name="step">Its length in seconds.</param>
    /// <param name="share">Share of its GPUs that others on them leave to it.</param>
    public void Step(double now, double step, double share)
    {
        if (Conditions.Down)
        {
            Restart();
            Utilization = 0;
            return;
        }

        LoseImpatient(now);
        if (Conditions.Stalled)
        {
            Utilization = 0;
            return;
        }

        Admit();
        double compute = step * share * Conditions.Speed;
        double prefill = Prefill(compute);
        double kernel = prefill + Decode(now, compute - prefill);
        Utilization = compute <= 0 ? 0 : Math.Min(1.0, kernel / compute);
        Interval.BusySeconds += _running.Count > 0 ? step : 0;
        Interval.KernelSeconds += Utilization * step;
    }

    /// <summary>Clients give up while they wait for their first token; who has been thrown out of the batch stays.</summary>
    private void LoseImpatient(double now)
    {
        while (_queue.First?.Value is { Generated: <= 0 } oldest && now - oldest.ArrivalSeconds > Settings.PatienceSeconds)
        {
            _queue.RemoveFirst();
        }
    }

    private void Admit()
    {
        // One block in a hundred stays free, so that what runs can grow.
        int reserve = Settings.PoolBlocks / 100;
        while (_queue.First is { } head && _running.Count < Settings.MaxBatch && FreeBlocks - head.Value.BlocksNeeded >= reserve)
        {
            _queue.RemoveFirst();
            head.Value.Blocks = head.Value.BlocksNeeded;
            _usedBlocks += head.Value.Blocks;
            _running.Add(head.Value);
        }
    }

    private double Prefill(double compute)
    {
        double left = compute * (_running.Exists(r => r.PrefillLeft <= 0) ? PrefillShare : 1.0);
        double spent = 0;
        foreach (EngineRequest request in _running)
        {
            if (request.PrefillLeft > 0 && left > 0)
            {
                double tokens = Math.Min(request.PrefillLeft, left * Settings.PrefillTokensPerSecond);
                request.PrefillLeft -= tokens;
                left -= tokens / Settings.PrefillTokensPerSecond;
                spent += tokens / Settings.PrefillTokensPerSecond;
                Interval.PrefillTokens += tokens;
            }
        }

        return spent;
    }

    private double Decode(double now, double compute)
    {
        int decoding = _running.Count(r => r.PrefillLeft <= 0);
        if (decoding == 0 || compute <= 0)
        {
            return 0;
        }

        double stepSeconds = (Settings.StepSeconds + (Settings.StepSecondsPerRequest * decoding)) * Pressure(KvUsage);
        double tokens = compute / stepSeconds;
        for (int i = 0; i < _running.Count; i++)
        {
            EngineRequest request = _running[i];
            if (request.PrefillLeft > 0)
            {
                continue;
            }

            double written = Math.Min(tokens, request.OutputTokens - request.Generated);
            request.Generated += written;
            Interval.GeneratedTokens += written;
            if (request.FirstTokenSeconds is null && request.Generated >= Math.Min(1, request.OutputTokens))
            {
                request.FirstTokenSeconds = now;
                Interval.FirstTokenSeconds.Add(now - request.ArrivalSeconds);
            }

            i -= Grow(i);
        }

        Finish(now);
        double waitsForHost = Settings.StepSeconds * Settings.HostShare;
        return compute * (1.0 - Math.Min(0.95, waitsForHost / stepSeconds));
    }

    /// <returns>How many requests before or at <paramref name="index"/> left the batch.</returns>
    private int Grow(int index)
    {
        EngineRequest request = _running[index];
        int more = request.Pinned ? 0 : request.BlocksNeeded - request.Blocks;
        while (more > FreeBlocks)
        {
            int victim = _running.FindLastIndex(r => !r.Pinned);
            if (victim < 0)
            {
                return 0;
            }

            bool self = victim == index;
            Preempt(victim);
            if (self)
            {
                return 1;
            }
        }

        request.Blocks += more;
        _usedBlocks += more;
        return 0;
    }

    private void Preempt(int index)
    {
        EngineRequest victim = _running[index];
        _running.RemoveAt(index);
        _usedBlocks -= victim.Blocks;
        victim.Blocks = 0;
        victim.PrefillLeft = victim.PromptTokens + victim.Generated;
        _queue.AddFirst(victim);
        Interval.Preempted++;
    }

    private void Finish(double now)
    {
        for (int i = _running.Count - 1; i >= 0; i--)
        {
            EngineRequest request = _running[i];
            if (request.Generated >= request.OutputTokens)
            {
                _running.RemoveAt(i);
                _usedBlocks -= request.Blocks;
                Interval.Finished.Add(new FinishedRequest(request, now));
            }
        }
    }

    private double Pressure(double kv)
    {
        double x = Math.Clamp((kv - KneeStart) / (KneeEnd - KneeStart), 0, 1);
        return 1.0 + (Settings.KneeFactor * x * x * (3 - (2 * x)));
    }
}
