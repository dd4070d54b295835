import pulumi
import pulumi_chroma_sync as chroma

config = pulumi.Config()
commit = config.require("commit")

code = chroma.Invocation(
    "code",
    source_id=config.require("sourceId"),
    ref_identifier={"sha": commit},
    target_collection_name=chroma.collection_name_for_output(prefix="code", ref=commit).collection_name,
    wait_for_completion=True,
    # Back at an earlier commit, its finished collection is adopted instead of refused.
    on_conflict="adopt",
)

pulumi.export("collection", code.collection_name)
