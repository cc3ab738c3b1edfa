package io.gatehouse.admin.console.resources;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.CorsSettings;
import io.gatehouse.model.definition.Cors;
import io.gatehouse.model.definition.CorsRules;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The CORS settings of an API or of one of its paths, as a form. */
final class CorsPresenter {

  private static final String ALL = "*";

  /** What may be said of methods. */
  static final List<String> METHODS =
      List.of(ALL, "GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS");

  /**
   * What the dialog shows and is filled in with.
   *
   * @param origins one a line, as are the headers
   */
  record Form(
      boolean on,
      String origins,
      Set<String> methods,
      String headers,
      String exposeHeaders,
      Optional<Integer> maxAge,
      boolean allowCredentials) {}

  /** To begin with: pages of every origin may call, without cookies. */
  private static final Form OFF =
      new Form(false, "*", Set.of("*"), "*", "", Optional.empty(), false);

  private final CorsSettings settings;
  private final Supplier<Caller> caller;
  private final String apiId;
  private final String resourceId;

  CorsPresenter(CorsSettings settings, Supplier<Caller> caller, String apiId, String resourceId) {
    this.settings = settings;
    this.caller = caller;
    this.apiId = apiId;
    this.resourceId = resourceId;
  }

  boolean isOfWholeApi() {
    return resourceId.equals(CorsRules.WHOLE_API);
  }

  Form form() {
    return there().map(CorsPresenter::form).orElse(OFF);
  }

  /** All methods, or some: who chooses the one gives up the other. */
  static Set<String> chosen(Set<String> before, Set<String> after) {
    if (!after.contains(ALL) || after.size() == 1) {
      return after;
    }
    return before.contains(ALL)
        ? after.stream().filter(method -> !method.equals(ALL)).collect(Collectors.toSet())
        : Set.of(ALL);
  }

  void save(Form form) {
    if (form.on()) {
      settings.putCors(caller.get(), apiId, resourceId, cors(form));
    } else if (there().isPresent()) {
      settings.deleteCors(caller.get(), apiId, resourceId);
    }
  }

  private Optional<Cors> there() {
    return Optional.ofNullable(settings.cors(caller.get(), apiId).get(resourceId));
  }

  private static Form form(Cors cors) {
    return new Form(
        true,
        String.join("\n", cors.allowOrigins()),
        Set.copyOf(cors.allowMethods()),
        String.join("\n", cors.allowHeaders()),
        String.join("\n", cors.exposeHeaders()),
        cors.maxAge(),
        cors.allowCredentials());
  }

  private static Cors cors(Form form) {
    return new Cors(
        entries(form.origins()),
        METHODS.stream().filter(form.methods()::contains).toList(),
        entries(form.headers()),
        entries(form.exposeHeaders()),
        form.maxAge(),
        form.allowCredentials());
  }

  /** People separate by lines, blanks and commas alike. */
  private static List<String> entries(String text) {
    return Arrays.stream(text.split("[\\s,]+")).filter(entry -> !entry.isEmpty()).toList();
  }
}
