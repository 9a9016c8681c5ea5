using Grainwatch.Aws.Sdk.Wire;

namespace Amazon.SimpleNotificationService;

/// <summary>How Amazon SNS is reached.</summary>
public class AmazonSimpleNotificationServiceConfig() : ThinConfig("SNS", "sns", "2010-03-31");
