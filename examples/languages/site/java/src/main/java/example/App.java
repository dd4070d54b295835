package example;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.chromasync.Invocation;
import com.pulumi.chromasync.InvocationArgs;
import com.pulumi.chromasync.Source;
import com.pulumi.chromasync.SourceArgs;
import com.pulumi.chromasync.inputs.WebSourceArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(App::stack);
    }

    public static void stack(Context context) {
        var config = context.config();

        var site = new Source("site", SourceArgs.builder()
            .databaseName(config.require("databaseName"))
            .webScrape(WebSourceArgs.builder()
                .startingUrl(config.require("startingUrl"))
                // Every page is billed at every sync.
                .maxDepth(2)
                .pageLimit(100)
                .build())
            .build());

        var docs = new Invocation("docs", InvocationArgs.builder()
            .sourceId(site.sourceId())
            .targetCollectionName("site-" + config.require("release"))
            .waitForCompletion(true)
            .build());

        context.export("collection", docs.collectionName());
    }
}
