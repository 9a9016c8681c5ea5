namespace Grainwatch.Generator;

/// <summary>What stands beside a bundled recording.</summary>
public static class Attribution
{
    public const string Text = """
        # What is in this recording, and whose it is

        Made by `tools/Generator` of Grainwatch; docs/recordings.md says what is real and what is modelled.

        - Times and sizes of the requests: Azure LLM inference trace 2023, conversation part. Patel, Choukse, Zhang, Shah,
          Goiri, Maleki, Bianchini, "Splitwise: Efficient generative LLM inference using phase splitting", ISCA 2024.
          https://github.com/Azure/AzurePublicDataset, CC-BY-4.0 (https://creativecommons.org/licenses/by/4.0/).
          Changed: thinned at random, answers shortened by a factor, prompts cut at 4,096 tokens, times shifted.
        - Questions and answers from the test set of PandaLM. Wang, Yu, Zeng et al., "PandaLM: An Automatic Evaluation
          Benchmark for LLM Instruction Tuning Optimization", ICLR 2024. https://github.com/WeOpenML/PandaLM, Apache-2.0
          (https://www.apache.org/licenses/LICENSE-2.0). Changed: a selection.
        - Questions and answers from LLMBar (Natural). Zeng, Yu, Gao, Meng, Goyal, Chen, "Evaluating Large Language Models at
          Evaluating Instruction Following", ICLR 2024. https://github.com/princeton-nlp/LLMBar, MIT, copyright (c) 2023
          Princeton Natural Language Processing; the text of the licence is in tools/Generator/Texts/LLMBar-LICENSE.txt.
          Changed: a selection.
        - Answers that repeat themselves were made by the generator from intact ones. No person and no model wrote them.
        - All metrics, latencies and names of machines are modelled.

        """;
}
