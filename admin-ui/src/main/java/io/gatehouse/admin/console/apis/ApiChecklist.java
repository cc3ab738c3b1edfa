package io.gatehouse.admin.console.apis;

import io.gatehouse.admin.console.parts.Links;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** What of an API's usual safeguards is set. */
final class ApiChecklist {

  /**
   * One line.
   *
   * @param set whether all of it is there
   * @param path of the screen where it is looked at
   */
  record Item(String title, boolean set, String words, String path) {}

  private final String apiId;
  private final List<Method> methods;
  private final List<Stage> stages;

  private ApiChecklist(String apiId, List<Resource> paths, List<Stage> stages) {
    this.apiId = apiId;
    this.methods =
        paths.stream()
            .filter(Resource::hasResourceMethods)
            .flatMap(path -> path.resourceMethods().entrySet().stream())
            .filter(entry -> !entry.getKey().equals("OPTIONS"))
            .map(entry -> Optional.ofNullable(entry.getValue()))
            .flatMap(Optional::stream)
            .toList();
    this.stages = stages;
  }

  static List<Item> of(String apiId, List<Resource> paths, List<Stage> stages) {
    ApiChecklist list = new ApiChecklist(apiId, paths, stages);
    List<Item> items = new ArrayList<>();
    items.add(list.authorization());
    items.add(list.validation());
    if (!stages.isEmpty()) {
      items.add(list.throttle());
      items.add(list.logs());
    }
    return items;
  }

  private String resources() {
    return Links.path("apis", apiId, "resources");
  }

  private String settings(Optional<Stage> stage) {
    return Links.path(
        "apis", apiId, "stages", stage.orElse(stages.getFirst()).stageName(), "settings");
  }

  private Item authorization() {
    long asked = methods.stream().filter(ApiChecklist::asksWho).count();
    return new Item(
        "Who may call", asked == methods.size(), share(asked, "ask for it"), resources());
  }

  private static boolean asksWho(Method method) {
    return Boolean.TRUE.equals(method.apiKeyRequired())
        || !"NONE".equals(Objects.toString(method.authorizationType(), "NONE"));
  }

  private Item validation() {
    long checked = methods.stream().filter(method -> method.requestValidatorId() != null).count();
    return new Item(
        "Requests are checked",
        checked == methods.size(),
        share(checked, "have a validator"),
        resources());
  }

  private String share(long part, String words) {
    return "%d of %d methods %s".formatted(part, methods.size(), words);
  }

  private Item throttle() {
    Optional<Stage> without = stages.stream().filter(stage -> !isThrottled(stage)).findFirst();
    return new Item(
        "Throttle",
        without.isEmpty(),
        without
            .map(stage -> "none of its own on " + stage.stageName() + "; the account's holds")
            .orElse("set on every stage"),
        settings(without));
  }

  private static boolean isThrottled(Stage stage) {
    return settings(stage)
        .map(MethodSetting::throttlingRateLimit)
        .anyMatch(rate -> rate != null && rate >= 0);
  }

  private Item logs() {
    Optional<Stage> without = stages.stream().filter(stage -> !logsAll(stage)).findFirst();
    return new Item(
        "Logs",
        without.isEmpty(),
        without
            .map(stage -> "failed requests only on " + stage.stageName())
            .orElse("every request of every stage"),
        settings(without));
  }

  private static boolean logsAll(Stage stage) {
    return stage.accessLogSettings() != null
            && stage.accessLogSettings().format() != null
            && !stage.accessLogSettings().format().isEmpty()
        || settings(stage).anyMatch(one -> "INFO".equals(one.loggingLevel()));
  }

  /** Those of all methods. */
  private static Stream<MethodSetting> settings(Stage stage) {
    return Optional.ofNullable(stage.methodSettings())
        .map(settings -> settings.get("*/*"))
        .stream();
  }
}
