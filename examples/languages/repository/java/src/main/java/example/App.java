package example;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.chromasync.Invocation;
import com.pulumi.chromasync.InvocationArgs;
import com.pulumi.chromasync.enums.InvocationOnConflict;
import com.pulumi.chromasync.inputs.RefIdentifierArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(App::stack);
    }

    public static void stack(Context context) {
        var config = context.config();
        var commit = config.require("commit");

        var code = new Invocation("code", InvocationArgs.builder()
            .sourceId(config.require("sourceId"))
            .refIdentifier(RefIdentifierArgs.builder().sha(commit).build())
            .targetCollectionName("code-" + commit)
            .waitForCompletion(true)
            // Back at an earlier commit, its finished collection is adopted instead of refused.
            .onConflict(InvocationOnConflict.Adopt)
            .build());

        context.export("collection", code.collectionName());
    }
}
