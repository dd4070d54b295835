using System.Collections.Generic;
using Pulumi;
using Pulumi.ChromaSync;

return await Pulumi.Deployment.RunAsync(() =>
{
    var databaseName = new Config().Require("databaseName");
    // A file that is new or changed is uploaded.
    var docs = new Files("docs", new FilesArgs
    {
        DatabaseName = databaseName,
        CollectionName = "docs",
        Folder = "docs",
        Metadata = { ["team"] = "docs" },
        WaitForCompletion = true,
    });
    var about = new Pulumi.ChromaSync.File("about", new FileArgs
    {
        DatabaseName = databaseName,
        CollectionName = "docs",
        Filename = "about.md",
        File = new StringAsset($"Deployed from {Deployment.Instance.StackName}."),
        WaitForCompletion = true,
    });

    return new Dictionary<string, object?>
    {
        ["complete"] = docs.Counts.Apply(counts => counts.Complete),
        ["status"] = about.Status,
    };
});
