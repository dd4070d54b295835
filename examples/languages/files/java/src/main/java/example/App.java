package example;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.asset.StringAsset;
import com.pulumi.chromasync.File;
import com.pulumi.chromasync.FileArgs;
import com.pulumi.chromasync.Files;
import com.pulumi.chromasync.FilesArgs;
import java.util.Map;

public class App {
    public static void main(String[] args) {
        Pulumi.run(App::stack);
    }

    public static void stack(Context context) {
        var databaseName = context.config().require("databaseName");
        // A file that is new or changed is uploaded.
        var docs = new Files("docs", FilesArgs.builder()
            .databaseName(databaseName)
            .collectionName("docs")
            .folder("docs")
            .metadata(Map.of("team", "docs"))
            .waitForCompletion(true)
            .build());
        var about = new File("about", FileArgs.builder()
            .databaseName(databaseName)
            .collectionName("docs")
            .filename("about.md")
            .file(new StringAsset("Deployed from " + context.stackName() + "."))
            .waitForCompletion(true)
            .build());

        context.export("complete", docs.counts().applyValue(counts -> counts.complete()));
        context.export("status", about.status());
    }
}
