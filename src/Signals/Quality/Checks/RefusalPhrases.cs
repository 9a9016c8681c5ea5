namespace Grainwatch.Signals.Quality.Checks;

/// <summary>How models decline, with weights; see <see cref="RefusalCheck"/> for what the weights mean.</summary>
internal static class RefusalPhrases
{
    public const string Text =
        """
        2.0 i|we can't|cannot|won't|couldn't|wouldn't in? good? conscience? really? just? currently? ethically? help|assist|provide|fulfill|fulfil|comply|satisfy|support|endorse|encourage|promote|suggest|recommend|advise|offer|give|share|discuss|engage|participate|condone|create|write|generate|produce|tell|disclose|reveal|teach|guide|do|say|respond|answer|make|complete|continue|process|accept|justify|speak|express|take|agree
        2.0 i|we can not in? good? conscience? help|assist|provide|fulfill|fulfil|comply|satisfy|support|endorse|encourage|promote|suggest|recommend|advise|offer|give|share|discuss|engage|participate|condone|create|write|generate|tell|do|answer
        2.0 i|we will not be? able? to? help|assist|provide|fulfill|comply|support|encourage|promote|offer|give|share|discuss|engage|create|write|generate|tell|answer|do
        1.6 i'm|i am not able|comfortable|allowed|permitted|authorized|programmed|designed|capable
        1.6 i'm|we're unable
        1.6 i am|are not? unable|able|comfortable|allowed|permitted|authorized|programmed|capable to|of|with|providing|answering|discussing
        1.6 i am not able|comfortable|allowed|permitted|authorized|programmed|designed|capable
        1.2 i am unable
        1.2 i'm sorry
        1.2 i am so|really|very|truly sorry
        1.2 i am sorry
        1.2 i'm so|really|very|truly sorry
        1.0 sorry but
        0.9 i apologize|apologise
        0.9 my apologies
        2.0 i must|have|need to? respectfully? decline|refuse
        2.0 i respectfully? decline|refuse
        2.0 i'm going to have to decline|refuse
        1.0 i must|have|need to? inform|point|emphasize|emphasise|stress|clarify|remind|advise|correct
        0.9 i would|feel like to? obliged? to? point|clarify|emphasize that|out
        1.2 i do not|n't condone|support|endorse|promote|encourage|advocate|believe|engage
        1.2 i don't condone|support|endorse|promote|encourage|advocate|engage
        1.2 i don't have access|the? ability|information|personal|enough
        0.8 i do not|n't have access|the? ability|information|personal
        0.9 i don't|do not? have access|any|personal|the? information|access|ability|opinions|beliefs|preferences
        0.8 i don't|do not? think|believe it's|it is? appropriate|ethical|productive|right|fair
        0.8 i don't|do not? think|believe you should
        0.9 i do not hold|have personal
        0.9 i don't hold|have personal
        0.7 i strongly? disagree
        1.0 i strongly? advise|urge|encourage|discourage against?
        0.9 i would|strongly advise|discourage|recommend|caution|urge you? against
        0.7 as an|a ai
        0.7 as an|a artificial|large language|intelligence
        0.7 as a language model
        1.0 i'm just|only an|a ai|language|machine
        1.0 i am just|only an|a ai|language|machine
        1.2 it|that goes|is|would against|be my? ethical|programming|guidelines|against|policy|policies
        1.2 against my|our programming|guidelines|policies|policy|ethical|principles|values
        1.2 not within my programming|guidelines|capabilities
        1.2 violates|violate my|our|openai's|the guidelines|policies|policy|terms
        1.0 it's|it|its is? not|never appropriate|ethical|acceptable|okay|ok|recommended|advisable|right|respectful|legal|safe|productive|moral
        1.0 it's|it is? not|never accurate|fair|correct|productive|constructive or|to|and
        1.0 it's|it is? not|never accurate|fair or appropriate|respectful|fair
        0.8 it's|it is? illegal|unethical|immoral|inappropriate|offensive|harmful|wrong|disrespectful|impossible|unacceptable
        0.8 it|that would be unethical|inappropriate|illegal|wrong|immoral|irresponsible|offensive|disrespectful
        0.7 not|never appropriate|acceptable|ethical|okay|justified|justifiable to|or|and|under
        0.7 is not|never a? justified|justifiable|acceptable|appropriate|solution|good thing|idea|solution
        0.6 violence is|against never|anyone
        0.5 never the answer
        0.5 should|must not|never be tolerated|condoned|encouraged|glorified|accepted|joked|trivialized
        0.5 harmful|offensive|derogatory|discriminatory and|or harmful|offensive|derogatory|discriminatory|disrespectful|hurtful
        0.3 it's|it is? important|essential|crucial to? note|remember|recognize|acknowledge|understand|respect|treat
        0.3 it's|it is? important|essential|crucial to that?
        0.3 i understand|know that? you
        0.5 i want|would to? make|clarify|emphasize it? clear
        0.5 seek|please help|professional|reach|contact from|support|out|a|emergency
        0.6 there is no|not evidence|any? reason|evidence|justification
        1.0 no information|access available|to
        0.8 is|are not publicly available|known|disclosed
        0.8 not publicly|readily available
        0.6 instead|rather i can|could|would|suggest|encourage|recommend|urge|'d
        0.6 i would|'d be happy|glad to help|assist you? with
        0.6 illegal|unethical|harmful|dangerous and|or illegal|unethical|immoral|dangerous|harmful|violent
        0.6 please consider|seek|refrain|do|don't
        """;
}
