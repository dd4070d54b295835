using System.Collections.Generic;
using Pulumi;
using Pulumi.ChromaSync;
using Pulumi.ChromaSync.Inputs;

return await Deployment.RunAsync(() =>
{
    var config = new Config();

    var site = new Source("site", new SourceArgs
    {
        DatabaseName = config.Require("databaseName"),
        WebScrape = new WebSourceArgs
        {
            StartingUrl = config.Require("startingUrl"),
            // Every page is billed at every sync.
            MaxDepth = 2,
            PageLimit = 100,
        },
    });

    var release = config.Require("release");
    var docs = new Invocation("docs", new InvocationArgs
    {
        SourceId = site.SourceId,
        TargetCollectionName = CollectionNameFor
            .Invoke(new CollectionNameForInvokeArgs { Prefix = "site", Ref = release })
            .Apply(name => name.CollectionName),
        WaitForCompletion = true,
    });

    return new Dictionary<string, object?> { ["collection"] = docs.CollectionName };
});
