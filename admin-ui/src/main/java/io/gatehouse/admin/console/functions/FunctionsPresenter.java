package io.gatehouse.admin.console.functions;

import io.gatehouse.admin.functions.FunctionConcurrency;
import io.gatehouse.admin.functions.Functions;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;

/** Lists the tenant's functions and makes new ones. */
final class FunctionsPresenter {

  interface Screen {
    /**
     * @param more whether the tenant has more functions than these
     */
    void show(List<Row> functions, boolean more);

    /** The tenant may have none, and why. */
    void showDisabled(String sentence);

    void open(String functionName);
  }

  /**
   * A function as the list shows it.
   *
   * @param concurrency reserved for it; empty when it shares
   */
  record Row(FunctionConfiguration function, Optional<Integer> concurrency) {
    String name() {
      return function.functionName();
    }
  }

  /** A page of the listing. */
  static final int MOST = 50;

  private final Functions functions;
  private final FunctionConcurrency concurrency;
  private final Supplier<Caller> caller;
  private final Screen screen;

  FunctionsPresenter(
      Functions functions,
      FunctionConcurrency concurrency,
      Supplier<Caller> caller,
      Screen screen) {
    this.functions = functions;
    this.concurrency = concurrency;
    this.caller = caller;
    this.screen = screen;
  }

  void load() {
    ListFunctionsResponse found;
    try {
      found =
          functions.listFunctions(
              caller.get(), ListFunctionsRequest.builder().maxItems(MOST).build());
    } catch (ApiError refused) {
      if (refused.kind() != ApiError.Kind.ACCESS_DENIED) {
        throw refused;
      }
      screen.showDisabled(refused.getMessage());
      return;
    }
    screen.show(found.functions().stream().map(this::row).toList(), found.nextMarker() != null);
  }

  /** The listing does not tell what is reserved. */
  private Row row(FunctionConfiguration function) {
    return new Row(
        function,
        Optional.ofNullable(
            concurrency
                .getFunctionConcurrency(
                    caller.get(),
                    GetFunctionConcurrencyRequest.builder()
                        .functionName(function.functionName())
                        .build())
                .reservedConcurrentExecutions()));
  }

  /**
   * @param archive a zip archive
   */
  void create(String name, String runtime, String handler, byte[] archive) {
    if (!name.strip().matches("[a-zA-Z0-9_-]{1,64}")) {
      throw ApiError.badRequest(
          "A name has 1 to 64 letters, digits, - and _, not '" + name.strip() + "'");
    }
    Caller me = caller.get();
    functions.createFunction(
        me,
        CreateFunctionRequest.builder()
            .functionName(name.strip())
            .runtime(runtime)
            .handler(handler.strip())
            .role("arn:aws:iam::" + me.account() + ":role/functions")
            .code(c -> c.zipFile(SdkBytes.fromByteArray(archive)))
            .build());
    screen.open(name.strip());
  }
}
