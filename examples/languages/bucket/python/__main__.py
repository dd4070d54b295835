import pulumi
import pulumi_chroma_sync as chroma

config = pulumi.Config()

docs = chroma.InvocationBatch(
    "docs",
    source_id=config.require("sourceId"),
    metadata={"team": "docs"},
    objects=[
        # Another version, such as the object's ETag, syncs that object again.
        {"object_key": "docs/guide.md", "version": "1"},
        {"object_key": "docs/reference.md", "version": "1"},
    ],
    wait_for_completion=True,
)

pulumi.export("complete", docs.counts.complete)
