package example;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.chromasync.InvocationBatch;
import com.pulumi.chromasync.InvocationBatchArgs;
import com.pulumi.chromasync.inputs.BatchObjectArgs;
import java.util.Map;

public class App {
    public static void main(String[] args) {
        Pulumi.run(App::stack);
    }

    public static void stack(Context context) {
        var docs = new InvocationBatch("docs", InvocationBatchArgs.builder()
            .sourceId(context.config().require("sourceId"))
            .metadata(Map.of("team", "docs"))
            .objects(
                // Another version, such as the object's ETag, syncs that object again.
                BatchObjectArgs.builder().objectKey("docs/guide.md").version("1").build(),
                BatchObjectArgs.builder().objectKey("docs/reference.md").version("1").build())
            .waitForCompletion(true)
            .build());

        context.export("complete", docs.counts().applyValue(counts -> counts.complete()));
    }
}
