using System.Collections.Generic;
using Pulumi;
using Pulumi.ChromaSync;
using Pulumi.ChromaSync.Inputs;

return await Deployment.RunAsync(() =>
{
    var config = new Config();
    var commit = config.Require("commit");

    var code = new Invocation("code", new InvocationArgs
    {
        SourceId = config.Require("sourceId"),
        RefIdentifier = new RefIdentifierArgs { Sha = commit },
        TargetCollectionName = CollectionNameFor
            .Invoke(new CollectionNameForInvokeArgs { Prefix = "code", Ref = commit })
            .Apply(name => name.CollectionName),
        WaitForCompletion = true,
        // Back at an earlier commit, its finished collection is adopted instead of refused.
        OnConflict = InvocationOnConflict.Adopt,
    });

    return new Dictionary<string, object?> { ["collection"] = code.CollectionName };
});
