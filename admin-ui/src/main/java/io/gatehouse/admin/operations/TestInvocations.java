package io.gatehouse.admin.operations;

import static io.gatehouse.admin.operations.StageRules.given;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.SnapshotBuilder;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.BackendAccessStore;
import io.gatehouse.admin.store.VpcLinkStore;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.MethodRules;
import io.gatehouse.model.definition.ResourceTree;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.TestInvoker;
import io.gatehouse.runtime.exchange.HeaderList;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
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

  private static final int MOST_PER_ACCOUNT = 3;
  private static final int MOST_IN_ALL = 8;

  private final Turns turns = new Turns("test invocations", MOST_PER_ACCOUNT, MOST_IN_ALL);
  private ApiStore apis;
  private BackendAccessStore backendAccess;
  private VpcLinkStore links;
  private SnapshotBuilder snapshots;
  private TestInvoker invoker;
  private Ids ids;
  private InstantSource clock;

  protected TestInvocations() {}

  @Inject
  public TestInvocations(
      ApiStore apis,
      BackendAccessStore backendAccess,
      VpcLinkStore links,
      SnapshotBuilder snapshots,
      TestInvoker invoker,
      Ids ids,
      InstantSource clock) {
    this.apis = apis;
    this.backendAccess = backendAccess;
    this.links = links;
    this.snapshots = snapshots;
    this.invoker = invoker;
    this.ids = ids;
    this.clock = clock;
  }

  @Operation("POST /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}")
  public TestInvokeMethodResponse testInvokeMethod(Caller caller, TestInvokeMethodRequest in) {
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
      invoker.know(
          backendAccess
              .find(caller)
              .map(snapshots::backendAccess)
              .orElseGet(() -> BackendAccessSnapshot.none(caller.account())),
          links.all(caller).stream().map(snapshots::vpcLink).toList());
      return answer(invoker.invoke(draft, call));
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest(e.getMessage());
    }
  }

  @Operation("POST /restapis/{restapi_id}/authorizers/{authorizer_id}")
  public TestInvokeAuthorizerResponse testInvokeAuthorizer(
      Caller caller, TestInvokeAuthorizerRequest in) {
    Authorizer authorizer = apis.get(caller, in.restApiId()).authorizers().get(in.authorizerId());
    if (authorizer == null) {
      throw ApiError.notFound("Invalid Authorizer identifier specified");
    }
    return new AuthorizerTrial(authorizer, in, ids, clock.instant()).answer();
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
