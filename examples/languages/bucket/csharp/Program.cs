using System.Collections.Generic;
using Pulumi;
using Pulumi.ChromaSync;
using Pulumi.ChromaSync.Inputs;

return await Deployment.RunAsync(() =>
{
    var docs = new InvocationBatch("docs", new InvocationBatchArgs
    {
        SourceId = new Config().Require("sourceId"),
        Metadata = { ["team"] = "docs" },
        Objects =
        {
            // Another version, such as the object's ETag, syncs that object again.
            new BatchObjectArgs { ObjectKey = "docs/guide.md", Version = "1" },
            new BatchObjectArgs { ObjectKey = "docs/reference.md", Version = "1" },
        },
        WaitForCompletion = true,
    });

    return new Dictionary<string, object?> { ["complete"] = docs.Counts.Apply(counts => counts.Complete) };
});
