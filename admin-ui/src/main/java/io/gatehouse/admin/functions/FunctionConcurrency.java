package io.gatehouse.admin.functions;

import static io.gatehouse.admin.functions.FunctionRules.refuseIf;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.FunctionStore;
import io.gatehouse.admin.store.StoredFunction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.OptionalInt;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyResponse;
import software.amazon.awssdk.services.lambda.model.PutFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.PutFunctionConcurrencyResponse;

/**
 * How many invocations of a function may run at once on a node. Imitates the concurrency pages of
 * the API reference.
 */
@ApplicationScoped
public class FunctionConcurrency implements Operations {

  static final int OF_ACCOUNT = 1000;
  private static final int LEFT_FOR_OTHERS = 100;

  private FunctionStore functions;
  private FunctionNames names;
  private Publisher publisher;

  protected FunctionConcurrency() {}

  @Inject
  public FunctionConcurrency(FunctionStore functions, FunctionNames names, Publisher publisher) {
    this.functions = functions;
    this.names = names;
    this.publisher = publisher;
  }

  @Operation("PUT /2017-10-31/functions/{FunctionName}/concurrency")
  public PutFunctionConcurrencyResponse putFunctionConcurrency(
      Caller caller, PutFunctionConcurrencyRequest in) {
    int asked = in.reservedConcurrentExecutions();
    refuseIf(
        asked > OF_ACCOUNT - LEFT_FOR_OTHERS,
        ("Specified ReservedConcurrentExecutions for function decreases account's"
                + " UnreservedConcurrentExecution below its minimum value of [%d].")
            .formatted(LEFT_FOR_OTHERS));
    set(caller, in.functionName(), OptionalInt.of(asked));
    return PutFunctionConcurrencyResponse.builder().reservedConcurrentExecutions(asked).build();
  }

  @Operation("GET /2019-09-30/functions/{FunctionName}/concurrency")
  public GetFunctionConcurrencyResponse getFunctionConcurrency(
      Caller caller, GetFunctionConcurrencyRequest in) {
    StoredFunction function = names.get(caller, FunctionNames.whole(caller, in.functionName()));
    GetFunctionConcurrencyResponse.Builder out = GetFunctionConcurrencyResponse.builder();
    function.body().reservedConcurrency().ifPresent(out::reservedConcurrentExecutions);
    return out.build();
  }

  @Operation(value = "DELETE /2017-10-31/functions/{FunctionName}/concurrency", status = 204)
  public void deleteFunctionConcurrency(Caller caller, DeleteFunctionConcurrencyRequest in) {
    set(caller, in.functionName(), OptionalInt.empty());
  }

  private void set(Caller caller, String functionName, OptionalInt most) {
    StoredFunction function = names.lock(caller, FunctionNames.whole(caller, functionName));
    functions.replace(function, function.body().withReservedConcurrency(most));
    publisher.changed(function);
  }
}
