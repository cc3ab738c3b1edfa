package io.gatehouse.admin.operations;

import static io.gatehouse.admin.operations.StageRules.given;

import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.SnapshotBuilder;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.BackendAccessStore;
import io.gatehouse.admin.store.UserPoolStore;
import io.gatehouse.admin.store.VpcLinkStore;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.AuthorizerRules;
import io.gatehouse.model.definition.MethodRules;
import io.gatehouse.model.definition.ResourceTree;
import io.gatehouse.model.observed.RequestRecord.Step;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.TestInvoker;
import io.gatehouse.runtime.exchange.HeaderList;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.TestInvokeAuthorizerRequest;
import software.amazon.awssdk.services.apigateway.model.TestInvokeAuthorizerResponse;
import software.amazon.awssdk.services.apigateway.model.TestInvokeMethodRequest;
import software.amazon.awssdk.services.apigateway.model.TestInvokeMethodResponse;

/**
 * Trying a draft without deploying it. Imitates the TestInvokeMethod and TestInvokeAuthorizer pages
 * of the API reference; an unknown API is an unknown resource to the first, as to the other
 * operations on methods.
 */
@ApplicationScoped
public class TestInvocations implements Operations {

  /** The vendor's own stand-in. */
  private static final String STAGE = "test-invoke-stage";

  /** And that of an authorizer's tests, in their method's ARN. */
  private static final String AUTHORIZER_STAGE = "ESTestInvoke-stage";

  private static final int MOST_PER_ACCOUNT = 3;
  private static final int MOST_IN_ALL = 8;

  /**
   * A test with the time that each step took.
   *
   * @param refused by the last of the steps
   */
  public record Trial(TestInvokeMethodResponse answer, List<Step> steps, boolean refused) {

    public Trial {
      steps = List.copyOf(steps);
    }
  }

  private final Turns turns = new Turns("test invocations", MOST_PER_ACCOUNT, MOST_IN_ALL);
  private ApiStore apis;
  private BackendAccessStore backendAccess;
  private VpcLinkStore links;
  private UserPoolStore userPools;
  private SnapshotBuilder snapshots;
  private TestInvoker invoker;

  protected TestInvocations() {}

  @Inject
  public TestInvocations(
      ApiStore apis,
      BackendAccessStore backendAccess,
      VpcLinkStore links,
      UserPoolStore userPools,
      SnapshotBuilder snapshots,
      TestInvoker invoker) {
    this.apis = apis;
    this.backendAccess = backendAccess;
    this.links = links;
    this.userPools = userPools;
    this.snapshots = snapshots;
    this.invoker = invoker;
  }

  @Operation("POST /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}")
  public TestInvokeMethodResponse testInvokeMethod(Caller caller, TestInvokeMethodRequest in) {
    return answer(invoke(caller, in));
  }

  /** As {@link #testInvokeMethod}, with what the vendor's answer has no member for. */
  @ConsoleQuery(AccessLevel.WRITE)
  public Trial tryMethod(Caller caller, TestInvokeMethodRequest in) {
    TestInvoker.Outcome outcome = invoke(caller, in);
    List<Step> steps =
        outcome.steps().stream()
            .map(one -> new Step(one.step(), TimeUnit.NANOSECONDS.toMicros(one.nanos())))
            .toList();
    return new Trial(answer(outcome), steps, outcome.refused());
  }

  private TestInvoker.Outcome invoke(Caller caller, TestInvokeMethodRequest in) {
    ApiDefinition api =
        apis.find(caller, in.restApiId()).orElseThrow(ResourceTree::unknownResource);
    StageSnapshot draft = draft(caller, api, in);
    TestInvoker.Call call =
        new TestInvoker.Call(
            ResourceTree.get(api, in.resourceId()).path(),
            in.httpMethod(),
            Optional.ofNullable(in.pathWithQueryString()).orElse(""),
            headers(in.headers(), in.multiValueHeaders()),
            Optional.ofNullable(in.body()).orElse("").getBytes(StandardCharsets.UTF_8));
    try (Turns.Turn turn = turns.take(caller.account())) {
      know(caller);
      return invoker.invoke(draft, call);
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest(e.getMessage());
    }
  }

  @Operation("POST /restapis/{restapi_id}/authorizers/{authorizer_id}")
  public TestInvokeAuthorizerResponse testInvokeAuthorizer(
      Caller caller, TestInvokeAuthorizerRequest in) {
    ApiDefinition api = apis.get(caller, in.restApiId());
    StageSnapshot draft = draft(caller, api, in);
    TestInvoker.AuthorizerCall call =
        new TestInvoker.AuthorizerCall(
            in.authorizerId(),
            Optional.ofNullable(in.pathWithQueryString()).orElse(""),
            headers(in.headers(), in.multiValueHeaders()),
            in.additionalContext(),
            userPools.pools(caller).stream().map(snapshots::userPool).toList());
    try (Turns.Turn turn = turns.take(caller.account())) {
      know(caller);
      return answer(invoker.authorize(draft, call));
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest(e.getMessage());
    }
  }

  /** What the account has set for everything that is called. */
  private void know(Caller caller) {
    invoker.know(
        backendAccess
            .find(caller)
            .map(snapshots::backendAccess)
            .orElseGet(() -> BackendAccessSnapshot.none(caller.account())),
        links.all(caller).stream().map(snapshots::vpcLink).toList());
  }

  /** With one method of the vendor's making, which asks the authorizer. */
  private StageSnapshot draft(Caller caller, ApiDefinition api, TestInvokeAuthorizerRequest in) {
    boolean userPools =
        AuthorizerRules.get(api, in.authorizerId()).type() == AuthorizerType.COGNITO_USER_POOLS;
    Method method =
        Method.builder()
            .httpMethod("GET")
            .authorizationType(userPools ? "COGNITO_USER_POOLS" : "CUSTOM")
            .authorizerId(in.authorizerId())
            .methodIntegration(Integration.builder().type(IntegrationType.MOCK).build())
            .build();
    Resource root =
        Resource.builder().id("root").path("/").resourceMethods(Map.of("GET", method)).build();
    ApiDefinition definition =
        api.withRestApi(RestApi.builder().id(in.restApiId()).build())
            .withResources(Map.of(root.id(), root))
            .withGatewayResponses(Map.of())
            .withCors(Map.of());
    Stage stage =
        Stage.builder().stageName(AUTHORIZER_STAGE).variables(in.stageVariables()).build();
    return snapshots.stage(0, caller.account(), in.restApiId(), stage, definition);
  }

  private static TestInvokeAuthorizerResponse answer(TestInvoker.AuthorizerOutcome outcome) {
    return TestInvokeAuthorizerResponse.builder()
        .clientStatus(outcome.status())
        .principalId(outcome.principalId())
        .policy(outcome.policy())
        .claims(outcome.claims().isEmpty() ? null : outcome.claims())
        .log(outcome.log())
        .latency(outcome.latencyMillis())
        .build();
  }

  private StageSnapshot draft(Caller caller, ApiDefinition api, TestInvokeMethodRequest in) {
    ApiDefinition definition = alone(api, in.resourceId(), in.httpMethod());
    Stage stage =
        Stage.builder()
            .stageName(STAGE)
            .variables(in.stageVariables())
            .clientCertificateId(given(in.clientCertificateId()))
            .build();
    StageSnapshot draft = snapshots.stage(0, caller.account(), in.restApiId(), stage, definition);
    if (stage.clientCertificateId() != null && draft.certificate().isEmpty()) {
      throw ApiError.badRequest("Invalid Client Certificate identifier specified");
    }
    return draft;
  }

  /**
   * The method with what it needs of the API, open to everyone: a test asks for no key and no
   * authorization, knows no CORS, and is answered by default gateway responses [R].
   */
  static ApiDefinition alone(ApiDefinition api, String resourceId, String verb) {
    Resource resource = ResourceTree.get(api, resourceId);
    Method method =
        find(api, resource, verb).toBuilder()
            .authorizationType("NONE")
            .apiKeyRequired(false)
            .build();
    Resource alone = resource.toBuilder().resourceMethods(Map.of(verb, method)).build();
    RestApi whole = api.restApi();
    RestApi needed =
        RestApi.builder()
            .id(whole.id())
            .binaryMediaTypes(whole.hasBinaryMediaTypes() ? whole.binaryMediaTypes() : null)
            .minimumCompressionSize(whole.minimumCompressionSize())
            .apiKeySource(whole.apiKeySource())
            .build();
    return api.withRestApi(needed)
        .withResources(Map.of(alone.id(), alone))
        .withGatewayResponses(Map.of())
        .withCors(Map.of());
  }

  private static Method find(ApiDefinition api, Resource resource, String verb) {
    boolean throughAny =
        !resource.resourceMethods().containsKey(verb) && MethodRules.VERBS.contains(verb);
    Method method = MethodRules.get(api, resource.id(), throughAny ? "ANY" : verb);
    if (verb.equals("ANY")) {
      throw ApiError.badRequest(
          "Invalid HttpMethod specified. A test invocation sends one of "
              + String.join(",", MethodRules.VERBS.subList(0, MethodRules.VERBS.size() - 1)));
    }
    return method;
  }

  private static HeaderList headers(Map<String, String> single, Map<String, List<String>> multi) {
    HeaderList headers = new HeaderList();
    single.forEach((name, value) -> add(headers, name, value));
    multi.forEach(
        (name, values) -> {
          headers.remove(name);
          values.forEach(value -> add(headers, name, value));
        });
    return headers;
  }

  private static void add(HeaderList headers, String name, String value) {
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
        || value == null
        || !value.matches("[\\t\\x20-\\x7e\\x80-\\xff]*")) {
      throw ApiError.badRequest("Invalid header specified: " + name);
    }
    headers.add(name, value);
  }

  private static TestInvokeMethodResponse answer(TestInvoker.Outcome outcome) {
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, List<String>> multi = new LinkedHashMap<>();
    outcome
        .headers()
        .forEach(
            (name, value) -> {
              headers.put(name, value);
              multi.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
            });
    return TestInvokeMethodResponse.builder()
        .status(outcome.status())
        .body(outcome.body())
        .headers(headers)
        .multiValueHeaders(multi)
        .log(outcome.log())
        .latency(outcome.latencyMillis())
        .build();
  }
}
