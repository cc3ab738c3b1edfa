package io.gatehouse.runtime.door;

import static io.gatehouse.runtime.SampleApi.ACCOUNT;
import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot.BasePath;
import io.gatehouse.model.snapshot.Snapshot.DomainSnapshot;
import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Custom domain names at the front door. */
class DomainRoutingTest {

  private Door door;

  @BeforeEach
  void open() throws Exception {
    door = new Door("", 10);
    door.serve(
        api("pets000001", "prod")
            .mock("GET", "/", 200, "pets root")
            .mock("GET", "/list", 200, "pets list")
            .snapshot(1));
    door.serve(
        api("shop000001", "dev")
            .mock("GET", "/list", 200, "shop list")
            .mock("GET", "/pets/list", 200, "shop pets")
            .snapshot(1));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
  }

  private void domain(String name, Map<String, BasePath> mappings) {
    door.live.put(new DomainSnapshot(1, ACCOUNT, name, mappings));
  }

  private static BasePath to(String apiId, String stage) {
    return new BasePath(apiId, Optional.of(stage));
  }

  private String get(String host, String path) throws IOException {
    return door.raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  private void assertBody(String expected, String response) throws Exception {
    door.exchange();
    assertTrue(response.startsWith("HTTP/1.1 200 "), response);
    assertEquals(expected, response.substring(response.indexOf("\r\n\r\n") + 4));
  }

  private void assertForbidden(Reason why, String response) throws Exception {
    assertTrue(response.startsWith("HTTP/1.1 403 "), response);
    assertTrue(response.endsWith("{\"message\":\"Forbidden\"}"), response);
    assertEquals(why, door.exchange().refusal().reason());
  }

  @Test
  void theBasePathChoosesTheApiAndIsCutFromThePath() throws Exception {
    domain(
        "api.example.com",
        Map.of("pets", to("pets000001", "prod"), "shop", to("shop000001", "dev")));

    assertBody("pets list", get("api.example.com", "/pets/list"));
    assertBody("shop list", get("api.example.com", "/shop/list"));
    assertBody("pets root", get("api.example.com", "/pets"));
    assertBody("pets root", get("api.example.com", "/pets/?a=b"));
  }

  @Test
  void theHostsCaseAndPortDoNotMatterButThePathsCaseDoes() throws Exception {
    domain("api.example.com", Map.of("pets", to("pets000001", "prod")));

    assertBody("pets list", get("API.Example.com:8081", "/pets/list"));
    assertForbidden(Reason.BASE_PATH_NOT_FOUND, get("api.example.com", "/Pets/list"));
  }

  @Test
  void theEmptyBasePathTakesWhatNoOtherDoes() throws Exception {
    domain(
        "api.example.com", Map.of("", to("shop000001", "dev"), "pets", to("pets000001", "prod")));

    assertBody("shop list", get("api.example.com", "/list"));
    assertBody("pets list", get("api.example.com", "/pets/list"));
    assertTrue(get("api.example.com", "/nothing").contains("Missing Authentication Token"));
  }

  @Test
  void anUnknownBasePathIsForbidden() throws Exception {
    domain("api.example.com", Map.of("pets", to("pets000001", "prod")));

    assertForbidden(Reason.BASE_PATH_NOT_FOUND, get("api.example.com", "/list"));
    assertForbidden(Reason.BASE_PATH_NOT_FOUND, get("api.example.com", "/"));
    assertForbidden(Reason.BASE_PATH_NOT_FOUND, get("api.example.com", "//pets/list"));
    assertForbidden(Reason.BASE_PATH_NOT_FOUND, get("api.example.com", "/petshop/list"));
  }

  @Test
  void aMappingWithoutAStageTakesItFromThePath() throws Exception {
    domain("api.example.com", Map.of("pets", new BasePath("pets000001", Optional.empty())));

    assertBody("pets list", get("api.example.com", "/pets/prod/list"));
    assertForbidden(Reason.STAGE_NOT_FOUND, get("api.example.com", "/pets/test/list"));
    assertForbidden(Reason.STAGE_NOT_FOUND, get("api.example.com", "/pets"));
  }

  @Test
  void aWildcardStandsForOneLabelAndTheExactNameGoesFirst() throws Exception {
    domain("*.example.com", Map.of("", to("shop000001", "dev")));
    domain("api.example.com", Map.of("", to("pets000001", "prod")));

    assertBody("shop list", get("www.example.com", "/list"));
    assertBody("pets list", get("api.example.com", "/list"));
    assertForbidden(Reason.API_NOT_FOUND, get("example.com", "/list"));
    assertForbidden(Reason.API_NOT_FOUND, get("a.b.example.com", "/list"));
  }

  @Test
  void underItsOwnNameATenantMeetsNoOtherApi() throws Exception {
    domain("api.example.com", Map.of("pets", to("pets000001", "prod")));

    assertForbidden(
        Reason.BASE_PATH_NOT_FOUND,
        get("api.example.com", "/_aws/execute-api/shop000001/dev/list"));
    assertBody("shop list", get("other.host", "/_aws/execute-api/shop000001/dev/list"));
  }

  @Test
  void aDisabledEndpointIsReachedByDomainOnly() throws Exception {
    door.serve(
        api("gone000001", "prod")
            .with(a -> a.disableExecuteApiEndpoint(true))
            .mock("GET", "/list", 200, "still here")
            .snapshot(1));
    domain("api.example.com", Map.of("", to("gone000001", "prod")));

    assertBody("still here", get("api.example.com", "/list"));
    assertTrue(
        get("gone000001.execute-api.us-east-1.amazonaws.com", "/prod/list")
            .startsWith("HTTP/1.1 403 "));
  }

  @Test
  void aNameThatIsGoneIsAnsweredToNoMore() throws Exception {
    domain("api.example.com", Map.of("", to("pets000001", "prod")));
    door.live.removeDomain("api.example.com");

    assertForbidden(Reason.API_NOT_FOUND, get("api.example.com", "/list"));
  }
}
