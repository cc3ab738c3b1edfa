package io.gatehouse.admin.functions;

import static io.gatehouse.admin.functions.FunctionRules.refuseIf;
import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.functions.FunctionNames.Named;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.FunctionDocument.Policy;
import io.gatehouse.admin.store.FunctionStore;
import io.gatehouse.admin.store.StoredFunction;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.AddPermissionResponse;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;
import software.amazon.awssdk.services.lambda.model.RemovePermissionRequest;

/** Who may invoke a function. Imitates the Permission pages of the API reference. */
@ApplicationScoped
public class FunctionPolicies implements Operations {

  private static final int LONGEST = 20_480;

  private FunctionStore functions;
  private FunctionNames names;
  private Publisher publisher;
  private Ids ids;

  protected FunctionPolicies() {}

  @Inject
  public FunctionPolicies(
      FunctionStore functions, FunctionNames names, Publisher publisher, Ids ids) {
    this.functions = functions;
    this.names = names;
    this.publisher = publisher;
    this.ids = ids;
  }

  @Operation(value = "POST /2015-03-31/functions/{FunctionName}/policy", status = 201)
  public AddPermissionResponse addPermission(Caller caller, AddPermissionRequest in) {
    refuseStrange(in);
    Named named = FunctionNames.parse(caller, in.functionName(), in.qualifier());
    refuseIf(
        named.qualifier().filter(FunctionStore.LATEST::equals).isPresent(),
        "We currently do not support adding policies for $LATEST.");
    StoredFunction function = names.lock(caller, named.name());
    names.require(caller, function, named.qualifier());
    Policy before = policy(function, named);
    FunctionNames.requireRevision(in.revisionId(), before.revisionId());
    if (find(before.statements(), in.statementId()).isPresent()) {
      throw ApiError.conflict(
          "The statement id (%s) provided already exists. Please provide a new statement id, or remove the existing statement."
              .formatted(in.statementId()));
    }
    JsonObject statement = statement(caller, named, in);
    Policy after =
        new Policy(
            ids.request(), JSON.createArrayBuilder(before.statements()).add(statement).build());
    requireReadable(after);
    put(function, named, after);
    return AddPermissionResponse.builder().statement(statement.toString()).build();
  }

  @Operation("GET /2015-03-31/functions/{FunctionName}/policy")
  public GetPolicyResponse getPolicy(Caller caller, GetPolicyRequest in) {
    Named named = FunctionNames.parse(caller, in.functionName(), in.qualifier());
    StoredFunction function = names.get(caller, named.name());
    names.require(caller, function, named.qualifier());
    Policy policy = policy(function, named);
    if (policy.statements().isEmpty()) {
      throw ApiError.notFound("The resource you requested does not exist.");
    }
    return GetPolicyResponse.builder()
        .policy(policy.text())
        .revisionId(policy.revisionId())
        .build();
  }

  @Operation(
      value = "DELETE /2015-03-31/functions/{FunctionName}/policy/{StatementId}",
      status = 204)
  public void removePermission(Caller caller, RemovePermissionRequest in) {
    Named named = FunctionNames.parse(caller, in.functionName(), in.qualifier());
    StoredFunction function = names.lock(caller, named.name());
    names.require(caller, function, named.qualifier());
    Policy before = policy(function, named);
    JsonObject statement =
        find(before.statements(), in.statementId())
            .orElseThrow(
                () ->
                    ApiError.notFound(
                        "Statement %s is not found in resource policy."
                            .formatted(in.statementId())));
    FunctionNames.requireRevision(in.revisionId(), before.revisionId());
    JsonArrayBuilder others = JSON.createArrayBuilder();
    before.statements().stream().filter(s -> !s.equals(statement)).forEach(others::add);
    put(function, named, new Policy(ids.request(), others.build()));
  }

  /** Nodes never know of a caller what these ask for, so they would allow nothing. */
  private static void refuseStrange(AddPermissionRequest in) {
    refuseIf(
        in.principalOrgID() != null,
        "PrincipalOrgID is not supported: there are no organizations here, so the condition could"
            + " never be met");
    refuseIf(
        in.eventSourceToken() != null,
        "EventSourceToken is not supported: only Alexa sends one, and it does not come here");
    refuseIf(
        in.functionUrlAuthTypeAsString() != null || in.invokedViaFunctionUrl() != null,
        "FunctionUrlAuthType and InvokedViaFunctionUrl are not supported: functions have no URLs"
            + " of their own here");
  }

  private static Policy policy(StoredFunction function, Named named) {
    return function
        .body()
        .policies()
        .getOrDefault(named.qualifier().orElse(""), new Policy("", JsonValue.EMPTY_JSON_ARRAY));
  }

  private static Optional<JsonObject> find(JsonArray statements, String id) {
    return statements.stream()
        .map(JsonValue::asJsonObject)
        .filter(statement -> statement.getString("Sid").equals(id))
        .findFirst();
  }

  private void put(StoredFunction function, Named named, Policy policy) {
    Map<String, Policy> policies = new TreeMap<>(function.body().policies());
    String qualifier = named.qualifier().orElse("");
    if (policy.statements().isEmpty()) {
      policies.remove(qualifier);
    } else {
      policies.put(qualifier, policy);
    }
    functions.replace(function, function.body().withPolicies(policies));
    publisher.changed(function);
  }

  /** In the vendor's form. */
  private static JsonObject statement(Caller caller, Named named, AddPermissionRequest in) {
    JsonObjectBuilder statement =
        JSON.createObjectBuilder()
            .add("Sid", in.statementId())
            .add("Effect", "Allow")
            .add("Principal", principal(in.principal()))
            .add("Action", in.action())
            .add("Resource", FunctionNames.arn(caller, named.name(), named.qualifier()));
    JsonObjectBuilder conditions = JSON.createObjectBuilder();
    if (in.sourceAccount() != null) {
      conditions.add(
          "StringEquals", JSON.createObjectBuilder().add("AWS:SourceAccount", in.sourceAccount()));
    }
    if (in.sourceArn() != null) {
      refuseIf(Arn.parse(in.sourceArn()).isEmpty(), "SourceArn must be an ARN");
      conditions.add("ArnLike", JSON.createObjectBuilder().add("AWS:SourceArn", in.sourceArn()));
    }
    JsonObject built = conditions.build();
    return (built.isEmpty() ? statement : statement.add("Condition", built)).build();
  }

  private static JsonValue principal(String text) {
    if (text.equals("*")) {
      return JSON.createValue("*");
    }
    boolean account = text.matches("\\d{12}");
    boolean arn = text.startsWith("arn:");
    refuseIf(
        !account && !arn && !text.matches("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.amazonaws\\.com"),
        "The provided principal was invalid. Please check the principal and try again.");
    String value = account ? "arn:aws:iam::" + text + ":root" : text;
    return JSON.createObjectBuilder().add(account || arn ? "AWS" : "Service", value).build();
  }

  /** What nodes could not read would allow nothing and say so nowhere. */
  private static void requireReadable(Policy policy) {
    int size = policy.text().getBytes(StandardCharsets.UTF_8).length;
    if (size > LONGEST) {
      throw ApiError.of(
          ApiError.Kind.POLICY_TOO_LONG,
          "The final policy size (%d) is bigger than the limit (%d).".formatted(size, LONGEST));
    }
    try {
      io.gatehouse.model.policy.Policy.parse(
          policy.text(), io.gatehouse.model.policy.Policy.Kind.FUNCTION);
    } catch (InvalidPolicy e) {
      throw ApiError.badRequest("Invalid policy: " + e.getMessage());
    }
  }
}
