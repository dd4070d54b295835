import pulumi
import pulumi_chroma_sync as chroma

config = pulumi.Config()

site = chroma.Source(
    "site",
    database_name=config.require("databaseName"),
    web_scrape={
        "starting_url": config.require("startingUrl"),
        # Every page is billed at every sync.
        "max_depth": 2,
        "page_limit": 100,
    },
)

release = config.require("release")
docs = chroma.Invocation(
    "docs",
    source_id=site.source_id,
    target_collection_name=chroma.collection_name_for_output(prefix="site", ref=release).collection_name,
    wait_for_completion=True,
)

pulumi.export("collection", docs.collection_name)
