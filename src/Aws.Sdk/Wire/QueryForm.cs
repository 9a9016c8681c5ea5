using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Grainwatch.Aws.Sdk.Wire;

/// <summary>A request of the AWS query protocol: one form, names and values.</summary>
internal static class QueryForm
{
    /// <param name="request">What was asked for.</param>
    /// <param name="service">The name of the client's package.</param>
    /// <param name="version">Of the API.</param>
    /// <param name="action">The operation.</param>
    /// <param name="fields">Fields; those without a value are left out.</param>
    public static IRequest Of(
        AmazonWebServiceRequest request, string service, string version, string action, IEnumerable<(string Name, string? Value)> fields)
    {
        StringBuilder form = new($"Action={action}&Version={version}");
        foreach ((string name, string? value) in fields)
        {
            if (value is not null)
            {
                form.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        DefaultRequest wire = new(request, service) { HttpMethod = "POST", ResourcePath = "/", Content = Encoding.UTF8.GetBytes(form.ToString()) };
        wire.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";
        return wire;
    }
}
