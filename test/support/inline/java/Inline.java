import com.google.gson.Gson;
import com.pulumi.automation.ConfigValue;
import com.pulumi.automation.LocalWorkspace;
import com.pulumi.automation.LocalWorkspaceOptions;
import com.pulumi.automation.OperationType;
import com.pulumi.automation.ProjectPluginOptions;
import com.pulumi.automation.ProjectPlugins;
import com.pulumi.automation.ProjectRuntimeName;
import com.pulumi.automation.ProjectSettings;
import com.pulumi.automation.UpdateResult;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the program inside this process, which takes no language host: up, refresh, up again, destroy. */
public class Inline {
    public static void main(String[] args) throws Exception {
        var plugin = ProjectPluginOptions.builder().name("chroma-sync").path(args[3]).build();
        // Of the program, which takes no file beside it.
        var project = ProjectSettings.builder(args[0], ProjectRuntimeName.JAVA)
            .plugins(ProjectPlugins.builder().providers(List.of(plugin)).build())
            .build();
        var options = LocalWorkspaceOptions.builder()
            .workDir(Path.of(args[1])).projectSettings(project).build();
        try (var stack = LocalWorkspace.createOrSelectStack(args[0], "dev", example.App::stack, options)) {
            Map<?, ?> config = new Gson().fromJson(args[2], Map.class);
            for (var entry : config.entrySet())
                stack.setConfig((String) entry.getKey(), new ConfigValue((String) entry.getValue()));
            var first = stack.up();
            stack.refresh();
            var again = stack.up();
            Map<String, Object> outputs = new HashMap<>();
            // This API has every output as a text.
            first.outputs().forEach((name, output) -> outputs.put(name, valueOf(output.value().toString())));
            stack.destroy();
            System.out.println(new Gson().toJson(
                Map.of("created", changes(first), "again", changes(again), "outputs", outputs)));
        }
        System.exit(0);
    }

    private static Object valueOf(String text) {
        return text.matches("\\d+") ? Integer.valueOf(text) : text;
    }

    private static Map<String, Integer> changes(UpdateResult result) {
        Map<String, Integer> changes = new HashMap<>();
        for (var entry : result.summary().resourceChanges().entrySet()) {
            OperationType type = entry.getKey();
            changes.put(type.name().toLowerCase(), entry.getValue());
        }
        return changes;
    }
}
