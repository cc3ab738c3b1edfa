package io.gatehouse.admin.awsface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.admin.guard.AccessKey;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.wire.ApiError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.apigateway.model.ImportRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** The door with the vendor's own clients on the other side of a real socket. */
class AwsDoorTest {

  private static final String ID = "AKIAEXAMPLE";
  private static final String SECRET = "secret/of+the=key";
  private static final AccessKey KEY =
      new AccessKey(
          ID, "123456789012", "arn:aws:iam::123456789012:user/ci", SECRET, Set.of(Role.OWNER));

  private final NotedBackendAccess backendAccess = new NotedBackendAccess();
  private final SampleOperations samples = new SampleOperations();
  private final AtomicInteger bytesRead = new AtomicInteger();
  private HttpServer server;
  private URI address;

  @BeforeEach
  void open() throws IOException {
    AwsDoor door =
        new AwsDoor(
            OperationTable.of(Map.of(SampleOperations.class, samples)),
            Map.of(BackendAccessApi.SERVICE, new BackendAccessApi(backendAccess)),
            this::find,
            failure ->
                failure instanceof UncheckedIOException
                    ? Optional.of(ApiError.of(ApiError.Kind.SERVICE_UNAVAILABLE, "come back"))
                    : Optional.empty(),
            "eu-central-1",
            InstantSource.system(),
            new Random(1));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> serve(door, exchange));
    server.start();
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private Optional<AccessKey> find(String id, Optional<String> sessionToken) {
    if (id.equals("AKIAUNREACHABLE")) {
      throw new UncheckedIOException(new IOException("the keys cannot be reached"));
    }
    return id.equals(ID) && sessionToken.isEmpty() ? Optional.of(KEY) : Optional.empty();
  }

  private void serve(AwsDoor door, HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    Answer answer =
        door.answer(
            new Incoming(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                exchange.getRequestHeaders(),
                most -> {
                  byte[] body = exchange.getRequestBody().readNBytes(most);
                  bytesRead.addAndGet(body.length);
                  return body;
                }));
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
    exchange.close();
  }

  @Test
  void a_signed_call_reaches_the_operation_with_its_caller() {
    RestApi created =
        RestApi.builder().name(gateway().createRestApi(r -> r.name("pets ü")).name()).build();

    assertEquals("pets ü", created.name());
    assertEquals(
        new Caller(
            "123456789012",
            "eu-central-1",
            "arn:aws:iam::123456789012:user/ci",
            Set.of(Role.OWNER),
            Caller.Door.MANAGEMENT_API),
        samples.caller);
  }

  @Test
  void statuses_request_ids_and_empty_answers_are_the_vendors() {
    assertEquals(201, gateway().createRestApi(r -> r.name("n")).sdkHttpResponse().statusCode());
    var deleted = gateway().deleteRestApi(r -> r.restApiId("a1"));
    assertEquals(202, deleted.sdkHttpResponse().statusCode());
    assertTrue(deleted.responseMetadata().requestId().matches("[0-9a-f-]{36}"));
  }

  @Test
  void a_denied_call_is_told_in_the_vendors_shape() {
    ApiGatewayException denied =
        assertThrows(ApiGatewayException.class, () -> gateway().getStages(r -> r.restApiId("a1")));

    assertEquals(403, denied.statusCode());
    assertEquals("AccessDeniedException", denied.awsErrorDetails().errorCode());
    assertEquals(
        "User: x is not authorized to perform: y", denied.awsErrorDetails().errorMessage());
    assertEquals(
        "{\"Message\":\"User: x is not authorized to perform: y\"}",
        denied.awsErrorDetails().rawResponse().asUtf8String());
  }

  @Test
  void an_import_is_told_apart_by_its_query_and_keeps_its_parameters() {
    gateway()
        .importRestApi(
            r ->
                r.body(SdkBytes.fromUtf8String("openapi: 3.0.1"))
                    .parameters(Map.of("basepath", "prepend")));

    ImportRestApiRequest seen = (ImportRestApiRequest) samples.request;
    assertEquals("openapi: 3.0.1", seen.body().asUtf8String());
    assertEquals(Map.of("basepath", "prepend"), seen.parameters());
  }

  @Test
  void an_arn_with_slashes_is_one_label() {
    String arn = "arn:aws:apigateway:eu-central-1::/restapis/a1/stages/prod";

    gateway().tagResource(r -> r.resourceArn(arn).tags(Map.of("k", "v")));

    assertEquals(arn, ((TagResourceRequest) samples.request).resourceArn());
  }

  @Test
  void an_error_has_the_vendors_type_and_text() {
    NotFoundException error =
        assertThrows(NotFoundException.class, () -> gateway().getRestApi(r -> r.restApiId("nope")));

    assertEquals(404, error.statusCode());
    assertEquals("Invalid API identifier specified nope", error.awsErrorDetails().errorMessage());
  }

  @Test
  void a_bug_is_logged_once_and_shows_nothing_of_the_inside() {
    List<LogRecord> records = new java.util.ArrayList<>();
    Logger logger = Logger.getLogger(AwsDoor.class.getName());
    Handler keeper = new Keeper(records);
    logger.addHandler(keeper);
    logger.setUseParentHandlers(false);
    try {
      AwsServiceException error =
          assertThrows(ApiGatewayException.class, () -> gateway().getRestApis(r -> r.limit(1)));
      assertEquals(500, error.statusCode());
      assertFalse(error.getMessage().contains("secret"), error.getMessage());
      assertEquals(1, records.size());
      assertTrue(records.getFirst().getMessage().contains(error.requestId()));
    } finally {
      logger.removeHandler(keeper);
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void a_wrong_secret_a_stranger_and_a_session_are_refused() {
    assertRefused(
        assertThrows(
            ApiGatewayException.class,
            () -> gateway(AwsBasicCredentials.create(ID, "wrong")).createRestApi(r -> r.name("n"))),
        403,
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
    assertNull(samples.request);
    bytesRead.set(0);
    for (AwsCredentials stranger :
        List.of(
            AwsBasicCredentials.create("AKIASTRANGER", SECRET),
            AwsSessionCredentials.create(ID, SECRET, "token"))) {
      assertRefused(
          assertThrows(
              ApiGatewayException.class, () -> gateway(stranger).createRestApi(r -> r.name("n"))),
          403,
          "UnrecognizedClientException",
          "The security token included in the request is invalid.");
    }
    assertEquals(0, bytesRead.get(), "a stranger's body is not read");
  }

  @Test
  void keys_that_cannot_be_looked_up_are_no_bug() {
    assertRefused(
        assertThrows(
            ApiGatewayException.class,
            () ->
                gateway(AwsBasicCredentials.create("AKIAUNREACHABLE", SECRET))
                    .createRestApi(r -> r.name("n"))),
        503,
        "ServiceUnavailableException",
        "come back");
  }

  @Test
  void another_region_is_refused_naming_the_right_one() {
    ApiGatewayClient elsewhere =
        configured(ApiGatewayClient.builder().region(Region.US_WEST_2), ID, SECRET).build();

    assertRefused(
        assertThrows(ApiGatewayException.class, () -> elsewhere.getRestApi(r -> r.restApiId("a"))),
        403,
        "InvalidSignatureException",
        "Credential should be scoped to a valid region, not 'us-west-2'. This installation's is"
            + " 'eu-central-1'.");
  }

  @Test
  void an_unsigned_request_and_an_unknown_uri_are_refused() throws Exception {
    HttpResponse<String> unsigned = send("GET", "/restapis", "", Map.of(), false);
    assertEquals(403, unsigned.statusCode());
    assertEquals("{\"message\":\"Missing Authentication Token\"}", unsigned.body());
    assertEquals(
        "MissingAuthenticationTokenException",
        unsigned.headers().firstValue("x-amzn-ErrorType").orElseThrow());

    HttpResponse<String> unknown = send("GET", "/restapis/a/nonsense", "", Map.of(), true);
    assertEquals(404, unknown.statusCode());
    assertEquals(
        "UnknownOperationException",
        unknown.headers().firstValue("x-amzn-ErrorType").orElseThrow());
    assertEquals(
        404, send("GET", "/restapis//", "", Map.of(), true).statusCode(), "an empty label");
    assertEquals(
        404, send("GET", "/restapis/x/../a", "", Map.of(), true).statusCode(), "dots stay dots");
  }

  @Test
  void a_body_that_cannot_be_read_and_one_too_large_are_refused() throws Exception {
    HttpResponse<String> broken = send("POST", "/restapis", "{\"name\":", Map.of(), true);
    assertEquals(400, broken.statusCode());
    assertEquals(
        "SerializationException", broken.headers().firstValue("x-amzn-ErrorType").orElseThrow());

    HttpResponse<String> large =
        send("POST", "/restapis", " ".repeat(Bodies.LARGEST + 1), Map.of(), true);
    assertEquals(413, large.statusCode());
    assertTrue(large.body().contains("1048576 bytes"), large.body());
    assertEquals(
        201,
        send("POST", "/restapis?mode=import", " ".repeat(Bodies.LARGEST + 1), Map.of(), true)
            .statusCode());
  }

  @Test
  void tools_learn_who_they_are_from_sts_in_their_own_or_the_first_region() {
    for (Region region : List.of(Region.EU_CENTRAL_1, Region.US_EAST_1)) {
      GetCallerIdentityResponse identity = sts(region, SECRET).getCallerIdentity();
      assertEquals("123456789012", identity.account());
      assertEquals("arn:aws:iam::123456789012:user/ci", identity.arn());
      assertTrue(identity.userId().matches("AIDA[0-9A-Z]{17}"), identity.userId());
    }
  }

  @Test
  void sts_refuses_in_its_own_words() {
    assertRefused(
        assertThrows(
            StsException.class, () -> sts(Region.EU_CENTRAL_1, "wrong").getCallerIdentity()),
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
    StsException other =
        assertThrows(StsException.class, () -> sts(Region.EU_CENTRAL_1, SECRET).getSessionToken());
    assertEquals("InvalidAction", other.awsErrorDetails().errorCode());
  }

  @Test
  void nested_lists_and_texts_of_any_kind_travel_both_ways_in_the_query_protocol() {
    List<Tag> tags =
        List.of(
            Tag.builder().key("a&b").value("1 < 2 + \"3\" \u00fc").build(),
            Tag.builder().key("empty").value("").build());

    User made = iam().createUser(u -> u.userName("x=y").tags(tags)).user();

    assertEquals(tags, ((CreateUserRequest) samples.request).tags());
    assertEquals(tags, made.tags());
    assertEquals("x=y", made.userName());
    assertEquals(Instant.ofEpochSecond(7), made.createDate());
    iam().deleteUser(u -> u.userName("gone"));
    assertEquals("gone", ((DeleteUserRequest) samples.request).userName());
    assertEquals(Map.of("Users", 3, "Groups", 0), iam().getAccountSummary().summaryMapAsStrings());
  }

  @Test
  void iam_refuses_in_the_vendors_words() {
    NoSuchEntityException none =
        assertThrows(NoSuchEntityException.class, () -> iam().getUser(u -> u.userName("n<o>")));
    assertRefused(none, 404, "NoSuchEntity", "The user with name n<o> cannot be found.");
    IamException unbuilt = assertThrows(IamException.class, () -> iam().listSAMLProviders());
    assertEquals("InvalidAction", unbuilt.awsErrorDetails().errorCode());
    assertEquals(400, unbuilt.statusCode());
  }

  private IamClient iam() {
    return configured(IamClient.builder().region(Region.EU_CENTRAL_1), ID, SECRET).build();
  }

  @Test
  void a_form_is_answered_in_json_where_the_scope_says_api_gateway() throws Exception {
    Map<String, String> form = Map.of("type", "application/x-www-form-urlencoded");

    HttpResponse<String> imported = send("POST", "/restapis?mode=import", "a=b", form, true);
    assertEquals(201, imported.statusCode());
    HttpResponse<String> refused = send("POST", "/restapis", "a=b", form, true);
    assertTrue(refused.body().startsWith("{\"message\":"), refused.body());
    HttpResponse<String> unsigned = send("POST", "/", "Action=GetCallerIdentity", form, false);
    assertTrue(unsigned.body().contains("<Code>MissingAuthenticationToken</Code>"));
  }

  @Test
  void a_service_that_we_do_not_speak_is_named() throws Exception {
    HttpResponse<String> answer = send("GET", "/queues", "", Map.of("service", "sqs"), true);

    assertEquals(501, answer.statusCode());
    assertTrue(answer.body().contains("The service 'sqs'"), answer.body());
  }

  private HttpResponse<String> send(
      String method, String uri, String body, Map<String, String> options, boolean signed)
      throws Exception {
    URI target = URI.create(address + uri);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", options.getOrDefault("type", "application/json"))
            .version(HttpClient.Version.HTTP_1_1);
    if (signed) {
      SigV4.sign(
              new SigV4.Request(
                  method,
                  target.getRawPath(),
                  target.getRawQuery() == null ? "" : target.getRawQuery(),
                  new HashMap<>(Map.of("Host", List.of(target.getAuthority()))),
                  body.getBytes(StandardCharsets.UTF_8)),
              ID,
              SECRET,
              "eu-central-1",
              options.getOrDefault("service", "apigateway"),
              Instant.now())
          .forEach(request::header);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void assertRefused(
      AwsServiceException error, int status, String type, String message) {
    assertEquals(type, error.awsErrorDetails().errorCode());
    assertEquals(message, error.awsErrorDetails().errorMessage());
    assertEquals(status, error.statusCode());
  }

  private ApiGatewayClient gateway() {
    return gateway(AwsBasicCredentials.create(ID, SECRET));
  }

  private ApiGatewayClient gateway(AwsCredentials credentials) {
    return ApiGatewayClient.builder()
        .region(Region.EU_CENTRAL_1)
        .endpointOverride(address)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }

  private StsClient sts(Region region, String secret) {
    return configured(StsClient.builder().region(region), ID, secret).build();
  }

  private <B extends AwsClientBuilder<B, ?>> B configured(B builder, String id, String secret) {
    return builder
        .endpointOverride(address)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)));
  }

  @Test
  void backend_access_is_read_and_set_in_requests_signed_for_gatehouse() throws Exception {
    String role = "/backend-access/roles/arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fpets";

    HttpResponse<String> all = signed("GET", "/backend-access", "");
    assertEquals(200, all.statusCode());
    assertEquals(
        "{\"roles\":[{\"role\":\"default\",\"accessKeyId\":\"AKID\",\"hasSecretAccessKey\":true,"
            + "\"hasSessionToken\":false,\"assume\":true,\"externalId\":\"x1\",\"policy\":\"{}\"}],"
            + "\"endpoints\":[{\"service\":\"sqs\",\"url\":\"http://10.0.0.5\",\"warning\":\"not allowed\"}],"
            + "\"authorities\":[{\"sha256\":\"ab\",\"subject\":\"CN=one\",\"expires\":\"1970-01-01T00:00:00Z\"}]}",
        all.body());
    String keys =
        "{\"accessKeyId\":\"A\",\"secretAccessKey\":\"hunter2\",\"policy\":{\"Version\":\"x\"}}";
    HttpResponse<String> put = signed("PUT", role, keys);
    assertEquals(200, put.statusCode(), put.body());
    assertFalse(put.body().contains("hunter2"));
    assertEquals(204, signed("DELETE", role, "").statusCode());
    assertEquals(
        204,
        signed("DELETE", "/backend-access/roles/123456789012/service-role/pets", "").statusCode());
    assertEquals(
        200,
        signed("PUT", "/backend-access/endpoints/all", "{\"url\":\"http://h:1\"}").statusCode());
    assertEquals(204, signed("DELETE", "/backend-access/endpoints/sqs", "").statusCode());
    assertEquals(200, signed("POST", "/backend-access/authorities", "PEM").statusCode());
    assertEquals(204, signed("DELETE", "/backend-access/authorities/ab", "").statusCode());

    String arn = "arn:aws:iam::123456789012:role/pets";
    assertEquals(
        List.of(
            "get 123456789012",
            arn + " A hunter2 - false - {\"Version\":\"x\"}",
            "delete role " + arn,
            "delete role arn:aws:iam::123456789012:role/service-role/pets",
            "* http://h:1",
            "delete endpoint sqs",
            "PEM",
            "delete authority ab"),
        backendAccess.asked);
  }

  @Test
  void what_is_wrong_with_backend_access_is_told_without_what_was_sent() throws Exception {
    String role = "/backend-access/roles/default";
    for (String[] wrong :
        new String[][] {
          {"PUT", role, "{\"secretAccessKey\":{\"x\":\"hunter2\"}}", "'secretAccessKey' must be"},
          {"PUT", role, "{\"assume\":\"hunter2\"}", "'assume' must be true or false"},
          {"PUT", role, "{\"hunter2\":1}", "known are accessKeyId, assume"},
          {"PUT", role, "{\"secretAccessKey\":hunter2}", "not valid JSON"},
          {"PUT", role, "[\"hunter2\"]", "must be a JSON object"},
          {"PUT", "/backend-access/endpoints/sqs", "{}", "'url' is needed"},
          {"PUT", "/backend-access/endpoints", "{}", "there are GET /backend-access"},
          {"PATCH", "/backend-access", "{}", "there are GET /backend-access"},
          {"GET", "/restapis", "", "there are GET /backend-access"},
        }) {
      HttpResponse<String> answer = signed(wrong[0], wrong[1], wrong[2]);
      assertTrue(answer.statusCode() >= 400 && answer.statusCode() < 500, answer.body());
      assertTrue(answer.body().contains(wrong[3]), answer.body());
      assertFalse(answer.body().contains("hunter2"), answer.body());
      assertTrue(answer.headers().firstValue("x-amzn-ErrorType").isPresent());
    }
    assertEquals(List.of(), backendAccess.asked);
  }

  @Test
  void a_presigned_call_is_taken_without_what_signs_it() throws Exception {
    SdkHttpRequest signed =
        presigned(
            SdkHttpFullRequest.builder()
                .appendRawQueryParameter("mode", "import")
                .appendRawQueryParameter("basepath", "prepend"));
    HttpResponse<String> answer = send(signed.getUri());

    assertEquals(201, answer.statusCode(), answer.body());
    assertEquals(
        Map.of("basepath", "prepend"), ((ImportRestApiRequest) samples.request).parameters());
    HttpResponse<String> tampered =
        send(URI.create(signed.getUri().toString().replace("prepend", "split")));
    assertEquals(403, tampered.statusCode());
    assertTrue(tampered.body().contains("does not match"), tampered.body());
  }

  @Test
  void a_body_that_no_signature_covers_is_refused() throws Exception {
    SdkHttpRequest signed =
        presigned(
            SdkHttpFullRequest.builder()
                .appendRawQueryParameter("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"));
    HttpResponse<String> answer = send(signed.getUri());

    assertEquals(403, answer.statusCode());
    assertTrue(answer.body().contains("'x-amz-content-sha256' header"), answer.body());
  }

  private SdkHttpRequest presigned(SdkHttpFullRequest.Builder request) {
    return AwsV4HttpSigner.create()
        .sign(
            r ->
                r.identity(AwsBasicCredentials.create(ID, SECRET))
                    .request(
                        request
                            .protocol("http")
                            .host(address.getHost())
                            .port(address.getPort())
                            .encodedPath("/restapis")
                            .method(SdkHttpMethod.POST)
                            .build())
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "apigateway")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                    .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofSeconds(60)))
        .request();
  }

  private static HttpResponse<String> send(URI url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** As curl sends it: whatever is sent is called a form. */
  private HttpResponse<String> signed(String verb, String path, String body) throws Exception {
    URI url = URI.create(address + path);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Map<String, List<String>> headers = Map.of("Host", List.of(url.getAuthority()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", Incoming.FORM)
            .method(verb, HttpRequest.BodyPublishers.ofByteArray(bytes));
    SigV4.sign(
            new SigV4.Request(verb, path, "", headers, bytes),
            ID,
            SECRET,
            "eu-central-1",
            "gatehouse",
            Instant.now())
        .forEach(request::header);
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
