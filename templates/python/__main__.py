import pulumi
import pulumi_chroma_sync as chroma

config = pulumi.Config()

site = chroma.Source(
    "site",
    database_name=config.require("databaseName"),
    web_scrape={
        "starting_url": config.require("startingUrl"),
        # Each page is billed at each sync.
        "page_limit": 20,
    },
)

sync = chroma.Invocation(
    "sync",
    source_id=site.source_id,
    target_collection_name=pulumi.get_project(),
    wait_for_completion=True,
)

pulumi.export("collection", sync.collection_name)
