package io.gatehouse.runtime.cache;

import static io.gatehouse.runtime.cache.CachedApi.api;
import static io.gatehouse.runtime.cache.CachedApi.body;
import static io.gatehouse.runtime.cache.CachedApi.keyed;
import static io.gatehouse.runtime.cache.CachedApi.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.snapshot.CacheTags;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.SampleUser;
import io.gatehouse.runtime.door.SignedCall;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.HeaderList;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Which requests get one another's answers, and which never do. */
class WhoSharesTest {

  private static final String AT = "/_aws/execute-api/who/dev";
  private static final String KEY = "AKIAEXAMPLEEXAMPLE12";
  private static final String OTHER_KEY = "AKIAEXAMPLEEXAMPLE34";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  private CountingBackend backend;
  private Door door;
  private int signatures;

  @BeforeEach
  void open() throws Exception {
    backend = new CountingBackend();
    door = new Door(backend.egress(), 100);
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  private static SampleApi declaredPublic(SampleApi api) {
    return api.stage(
        stage -> CachedApi.on(stage, all -> {}, Map.of(CacheTags.SHARING, CacheTags.PUBLIC)));
  }

  private boolean shares(String path, String header, String otherPath, String otherHeader)
      throws Exception {
    String first = get(path, header);
    String second = get(otherPath, otherHeader);
    boolean hit = result(second).equals("hit");
    assertEquals(hit, body(first).equals(body(second)));
    return hit;
  }

  private String get(String path, String header) throws Exception {
    return header == null ? door.get(AT + path) : door.get(AT + path, header.split("\\|"));
  }

  @ParameterizedTest
  @CsvSource({
    // what nobody keys shares, as on the vendor's
    "/p,            ,                        /p,            ,                        true",
    "/p,            ,                        /p/,           ,                        true",
    "/p,            User-Agent: a,           /p,            User-Agent: b,           true",
    "/p,            Accept: text/a,          /p,            Accept: text/b,          true",
    "/p,            X-Forwarded-For: 1.1.1.1,/p,            X-Forwarded-For: 1.1.1.2,true",
    // who calls is always in the key
    "/p,            Authorization: a,        /p,            Authorization: b,        false",
    "/p,            Authorization: a,        /p,            Authorization: a,        true",
    "/p,            Authorization: a,        /p,            ,                        false",
    "/p,            ,                        /p,            Cookie: session=1,       false",
    "/p,            Cookie: session=1,       /p,            cookie: session=2,       false",
    "/p,            x-api-key: 1,            /p,            x-api-key: 2,            false",
    "/p,            Cookie: a|Authorization: b, /p,         Authorization: a|Cookie: b, false",
    // what redirects backends is, too
    "/p,            X-Forwarded-Host: evil,  /p,            ,                        false",
    "/p,            X-Original-URL: /admin,  /p,            ,                        false",
    "/p,            X-HTTP-Method-Override: DELETE, /p,     ,                        false",
    "/p,            X-Forwarded-Proto: http, /p,            X-Forwarded-Proto: https,false",
    "/p,            Forwarded: host=evil,    /p,            ,                        false",
    // declared parameters
    "/q?a=1,        ,                        /q?a=1,        ,                        true",
    "/q?a=1,        ,                        /q?a=2,        ,                        false",
    "/q?a=1,        ,                        /q,            ,                        false",
    "/q?a=,         ,                        /q,            ,                        false",
    "/q?a=1&a=2,    ,                        /q?a=2&a=1,    ,                        false",
    "/q?a=1&a=2,    ,                        /q?a=2,        ,                        false",
    "/q?a=1&a=2,    ,                        /q?a=1,        ,                        false",
    "/q?a=1&a=2,    ,                        /q?a=12,       ,                        false",
    // spellings that a backend may read in another way
    "/q?A=1,        ,                        /q,            ,                        false",
    "/q?%61=1,      ,                        /q,            ,                        false",
    "/q?a=%31,      ,                        /q?a=1,        ,                        false",
    "/q?b=1;a=2,    ,                        /q,            ,                        false",
    "/h,            X-Tenant: 1,             /h,            X-Tenant: 2,             false",
    "/h,            X-Tenant: 1,             /h,            x-tenant: 1,             true",
    "/h,            X-Tenant: 1|X-Tenant: 2, /h,            X-Tenant: 2,             false",
    "/h,            X-Tenant: 1|X-Tenant: 2, /h,            X-Tenant: 2|X-Tenant: 1, false",
    "/v/1,          ,                        /v/1,          ,                        true",
    "/v/1,          ,                        /v/2,          ,                        false",
    "/v/1,          ,                        /v/%31,        ,                        false",
    "/g/a/b,        ,                        /g/a%2Fb,      ,                        false",
    "/g/account,    ,                        /g/account.css,,                        false",
    "/m?x=1,        ,                        /m?x=2,        ,                        false",
    "/m?x=1,        X-Z: 1,                  /m?x=1,        X-Z: 2,                  false",
    "/all?x=1,      ,                        /all?y=1,      ,                        false",
    "/all?x=1&y=2,  ,                        /all?y=2&x=1,  ,                        false",
    "/all?x=1,      ,                        /all?x=1,      ,                        true",
    // two methods of one resource, two resources, a shared namespace
    "/p,            ,                        /h,            ,                        false",
    "/n1,           ,                        /n2,           ,                        true",
    "/n1,           ,                        /n3?a=1,       ,                        false",
  })
  void keysTellRequestsApart(
      String path, String header, String otherPath, String otherHeader, boolean shared)
      throws Exception {
    door.serve(
        api("who")
            .proxy("GET", "/p", backend.url() + "/p")
            .method("GET", "/q", keyed("/q", backend.url() + "/q", "method.request.querystring.a"))
            .method(
                "GET", "/h", keyed("/h", backend.url() + "/h", "method.request.header.X-Tenant"))
            .method(
                "GET",
                "/v/{id}",
                keyed("/v/{id}", backend.url() + "/{id}", "method.request.path.id"))
            .method(
                "GET",
                "/g/{proxy+}",
                keyed("/g/{proxy+}", backend.url() + "/{proxy}", "method.request.path.proxy"))
            .method(
                "GET",
                "/m",
                mapped(
                    Map.of(
                        "integration.request.header.A", "method.request.querystring.x",
                        "integration.request.header.B", "method.request.header.X-Z")))
            .method(
                "GET", "/all", keyed("/all", backend.url() + "/", "method.request.querystring.*"))
            .method("GET", "/n1", named("/n1"))
            .method("GET", "/n2", named("/n2"))
            .method("GET", "/n3", named("/n3", "method.request.querystring.a"))
            .snapshot(1));

    assertEquals(shared, shares(path, header, otherPath, otherHeader));
  }

  private Method mapped(Map<String, String> parameters) {
    Method method = keyed("/m", backend.url() + "/m", parameters.keySet().toArray(String[]::new));
    return method.toBuilder()
        .methodIntegration(
            method.methodIntegration().toBuilder().requestParameters(parameters).build())
        .build();
  }

  private Method named(String path, String... parameters) {
    Method method = keyed(path, backend.url() + "/n", parameters);
    return method.toBuilder()
        .methodIntegration(method.methodIntegration().toBuilder().cacheNamespace("one").build())
        .build();
  }

  @Test
  void usersOfAnApiWithSignaturesShareWithNobody() throws Exception {
    door.live.put(SampleUser.user(SampleApi.ACCOUNT, "ann", KEY, SECRET, SampleUser.ALL));
    door.live.put(SampleUser.user(SampleApi.ACCOUNT, "bob", OTHER_KEY, SECRET, SampleUser.ALL));
    Method method =
        SampleApi.proxyMethod("/p", backend.url() + "/p").authorizationType("AWS_IAM").build();
    door.serve(api("abc123").method("GET", "/p", method).snapshot(1));

    assertEquals("miss", result(signed(KEY)));
    assertEquals("hit", result(signed(KEY)), "though it is signed at another time");
    assertEquals("miss", result(signed(OTHER_KEY)));

    door.serve(declaredPublic(api("abc123").method("GET", "/p", method)).snapshot(2));
    assertEquals("miss", result(signed(KEY)));
    assertEquals("hit", result(signed(OTHER_KEY)));
  }

  /** Each time another signature. */
  private String signed(String key) throws Exception {
    Instant at = Instant.now().plusSeconds(signatures++);
    return door.raw(SignedCall.of("/dev/p", key, SECRET).at(at).signed().bytes());
  }

  @Test
  void callersWhomAFunctionCallsTheSameShareOnlyWithTheSameToken() throws Exception {
    door.functions.script(
        (call, reply) ->
            reply.answer(
                new BackendResponse(
                    200,
                    new HeaderList(),
                    new Body.Bytes(
                        """
                        {"principalId": "user", "policyDocument": {"Version": "2012-10-17",
                         "Statement": [{"Action": "execute-api:Invoke", "Effect": "Allow",
                         "Resource": "*"}]}}"""
                            .getBytes(UTF_8)))));
    Authorizer authorizer =
        Authorizer.builder()
            .id("a1")
            .name("who")
            .type("REQUEST")
            .identitySource("method.request.header.X-Token, method.request.querystring.t")
            .authorizerUri(
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                    + "arn:aws:lambda:us-east-1:123456789012:function:auth/invocations")
            .build();
    door.serve(
        api("who")
            .authorizer(authorizer)
            .method(
                "GET",
                "/p",
                SampleApi.proxyMethod("/p", backend.url() + "/p")
                    .authorizationType("CUSTOM")
                    .authorizerId("a1")
                    .build())
            .snapshot(1));

    assertEquals("miss", result(door.get(AT + "/p?t=1", "X-Token: a")));
    assertEquals("hit", result(door.get(AT + "/p?t=1", "X-Token: a")));
    assertEquals("miss", result(door.get(AT + "/p?t=1", "X-Token: b")));
    assertEquals("miss", result(door.get(AT + "/p?t=2", "X-Token: a")));
  }

  @Test
  void apiKeysShareWithNobodyUnlessTheStageIsDeclaredPublic() throws Exception {
    door.live.put(new PlanSnapshot(1, SampleApi.ACCOUNT, "plan", Set.of("who:dev")));
    for (String value : new String[] {"first", "second"}) {
      door.live.put(
          new KeySnapshot(
              1,
              SampleApi.ACCOUNT,
              "id of " + value,
              SnapshotCodec.sha256(value.getBytes(UTF_8)),
              true,
              Set.of("plan")));
    }
    SampleApi api =
        api("who")
            .method(
                "GET",
                "/p",
                SampleApi.proxyMethod("/p", backend.url() + "/p").apiKeyRequired(true).build());
    door.serve(api.snapshot(1));
    assertEquals("miss", result(door.get(AT + "/p", "x-api-key: first")));
    assertEquals("hit", result(door.get(AT + "/p", "x-api-key: first")));
    assertEquals("miss", result(door.get(AT + "/p", "x-api-key: second")));

    door.serve(declaredPublic(api).snapshot(2));
    assertEquals("miss", result(door.get(AT + "/p", "x-api-key: first")));
    assertEquals("miss", result(door.get(AT + "/p", "x-api-key: second")), "checked once");
    assertEquals("none", result(door.get(AT + "/p", "x-api-key: third")));
  }

  @Test
  void aKeyOfAnySizeTellsRequestsApart() throws Exception {
    door.serve(
        api("who")
            .method("GET", "/q", keyed("/q", backend.url() + "/q", "method.request.querystring.a"))
            .snapshot(1));
    String large = "x".repeat(6_000);

    assertEquals("miss", result(door.get(AT + "/q?a=" + large + "1")));
    assertEquals("hit", result(door.get(AT + "/q?a=" + large + "1")));
    assertEquals("miss", result(door.get(AT + "/q?a=" + large + "2")));
  }
}
