import pulumi
import pulumi_chroma_sync as chroma

database_name = pulumi.Config().require("databaseName")

# A file that is new or changed is uploaded.
docs = chroma.Files(
    "docs",
    database_name=database_name,
    collection_name="docs",
    folder="docs",
    metadata={"team": "docs"},
    wait_for_completion=True,
)
about = chroma.File(
    "about",
    database_name=database_name,
    collection_name="docs",
    filename="about.md",
    file=pulumi.StringAsset(f"Deployed from {pulumi.get_stack()}."),
    wait_for_completion=True,
)

pulumi.export("complete", docs.counts.complete)
pulumi.export("status", about.status)
