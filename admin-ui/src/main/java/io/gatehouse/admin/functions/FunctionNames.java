package io.gatehouse.admin.functions;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.FunctionDocument;
import io.gatehouse.admin.store.FunctionStore;
import io.gatehouse.admin.store.StoredFunction;
import io.gatehouse.admin.store.StoredFunctionVersion;
import io.gatehouse.model.aws.FunctionName;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;

/** Finds what callers mean by a function's name, ARN and qualifier. */
@ApplicationScoped
public class FunctionNames {

  private FunctionStore functions;

  protected FunctionNames() {}

  @Inject
  public FunctionNames(FunctionStore functions) {
    this.functions = functions;
  }

  /**
   * @param qualifier empty when neither the name nor the request has one
   */
  record Named(String name, Optional<String> qualifier) {}

  /**
   * @param qualifier that the request has besides; null for none
   * @throws ApiError when the text names no function of this region, or two qualifiers
   */
  static Named parse(Caller caller, String text, String qualifier) {
    FunctionName named =
        FunctionName.parse(text)
            .orElseThrow(
                () ->
                    ApiError.badRequest(
                        "The function name must have 1 to 64 letters, digits, hyphens and"
                            + " underscores, or be an ARN"));
    named
        .region()
        .filter(region -> !region.equals(caller.region()))
        .ifPresent(
            region -> {
              throw ApiError.notFound(
                  "Functions from '%s' are not reachable in this region ('%s')"
                      .formatted(region, caller.region()));
            });
    Optional<String> asked = Optional.ofNullable(qualifier).filter(q -> !q.isEmpty());
    if (asked.isPresent() && named.qualifier().filter(q -> !q.equals(asked.get())).isPresent()) {
      throw ApiError.badRequest(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    return new Named(named.name(), asked.or(named::qualifier));
  }

  /**
   * @throws ApiError when the name has a qualifier and the operation is about the whole function
   */
  static String whole(Caller caller, String text) {
    Named named = parse(caller, text, null);
    if (named.qualifier().isPresent()) {
      throw ApiError.badRequest(
          "The function name must have no version or alias here, as " + named.name());
    }
    return named.name();
  }

  /**
   * @throws ApiError not found
   */
  StoredFunction get(Caller caller, String name) {
    return functions.find(caller, name).orElseThrow(() -> unknown(caller, name, Optional.empty()));
  }

  /** As {@link #get}, while other writers of this function wait. */
  StoredFunction lock(Caller caller, String name) {
    return functions.lock(caller, name).orElseThrow(() -> unknown(caller, name, Optional.empty()));
  }

  /**
   * The version that the qualifier stands for; without one it is the one that changes.
   *
   * @throws ApiError not found
   */
  StoredFunctionVersion version(
      Caller caller, StoredFunction function, Optional<String> qualifier) {
    String version =
        qualifier
            .map(q -> Optional.ofNullable(function.body().aliases().get(q)))
            .flatMap(alias -> alias.map(AliasConfiguration::functionVersion))
            .or(() -> qualifier)
            .orElse(FunctionStore.LATEST);
    return functions
        .version(function, version)
        .orElseThrow(() -> unknown(caller, function.functionName(), qualifier));
  }

  /**
   * @throws ApiError not found, when there is neither a version nor an alias of this name
   */
  void require(Caller caller, StoredFunction function, Optional<String> qualifier) {
    FunctionDocument body = function.body();
    if (qualifier.isPresent() && !body.aliases().containsKey(qualifier.get())) {
      version(caller, function, qualifier);
    }
  }

  static String arn(Caller caller, String name, Optional<String> qualifier) {
    String arn = FunctionName.arn(caller.region(), caller.account(), name).toString();
    return qualifier.map(q -> arn + ":" + q).orElse(arn);
  }

  static ApiError unknown(Caller caller, String name, Optional<String> qualifier) {
    return ApiError.notFound("Function not found: " + arn(caller, name, qualifier));
  }

  /**
   * @param asked null for whatever it is
   * @throws ApiError precondition failed
   */
  static void requireRevision(String asked, String current) {
    if (asked != null && !asked.isEmpty() && !asked.equals(current)) {
      throw ApiError.of(
          ApiError.Kind.PRECONDITION_FAILED,
          "The Revision Id provided does not match the latest Revision Id. Call the"
              + " GetFunction/GetAlias API to retrieve the latest Revision Id");
    }
  }
}
