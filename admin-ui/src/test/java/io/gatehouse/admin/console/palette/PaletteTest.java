package io.gatehouse.admin.console.palette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.ApiKeys;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysResponse;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisResponse;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansResponse;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

class PaletteTest {

  private static final String REQUEST = "3f0c1b58-27a4-4c1e-9b6d-0a1b2c3d4e5f";
  private static final Destination AUDIT = new Destination("Screen", "Audit", "", "audit");
  private static final Destination PLANS = new Destination("Screen", "Usage plans", "", "plans");
  private static final Destination BEEN = new Destination("Recent", "Pets", "APIs", "apis/a1");

  private final List<String> asked = new ArrayList<>();
  private List<RestApi> apis =
      List.of(
          RestApi.builder().id("a1").name("Pets").build(),
          RestApi.builder().id("b2").name("Orders").build());
  private boolean mayListKeys = true;
  private String moreKeys;

  private Palette palette(List<Destination> recent) {
    return new Palette(
        new FakeApis(),
        new FakeStages(),
        new FakePlans(),
        new FakeKeys(),
        () -> new Caller("111111111111", "eu-west-1", "alice", Set.of(), Caller.Door.CONSOLE),
        List.of(AUDIT, PLANS),
        recent);
  }

  private List<String> paths(String typed) {
    return palette(List.of()).find(typed).stream().map(Destination::path).toList();
  }

  @Test
  void whereNothingIsTypedItLeadsBackAndNobodyIsAsked() {
    assertEquals(List.of(BEEN), palette(List.of(BEEN)).find(" "));
    assertEquals(List.of(AUDIT, PLANS), palette(List.of()).find(""));
    assertEquals(List.of(), asked);
  }

  @Test
  void apisAreFoundByNameAndById() {
    assertEquals("apis/a1", paths("pets").getFirst());
    assertEquals(List.of("apis/b2", "apis/b2/stages/prod"), paths("b2"));
  }

  @Test
  void stagesAreFoundByTheirNameAndTheirApis() {
    assertEquals(List.of("apis/a1/stages/prod"), paths("pets prod"));
    assertEquals(List.of("apis/a1/stages/prod", "apis/b2/stages/prod"), paths("prod"));
  }

  @Test
  void screensPlansAndKeysAreFoundByName() {
    assertEquals(List.of("audit"), paths("aud"));
    assertEquals(List.of("plans/p1"), paths("gold"));
    assertEquals(List.of("keys?q=k1"), paths("acme"));
  }

  @Test
  void aRequestIdLeadsToTheRequestWithoutAsking() {
    assertEquals(List.of("requests/" + REQUEST), paths("  " + REQUEST + " "));
    assertEquals(List.of(), asked);
  }

  @Test
  void whatMayNotBeListedIsNotFoundAndTheRestIs() {
    mayListKeys = false;

    assertEquals(List.of(), paths("acme"));
    assertEquals(List.of("plans/p1"), paths("gold"));
  }

  @Test
  void everythingIsAskedOnceHoweverMuchIsTyped() {
    Palette palette = palette(List.of());
    palette.find("p");
    int once = asked.size();
    palette.find("pe");
    palette.find("pets");

    assertEquals(once, asked.size());
    assertFalse(asked.contains("keys with values"));
  }

  @Test
  void ofManyKeysTheOperationIsAskedByName() {
    moreKeys = "next";

    assertEquals(List.of("keys?q=k9"), paths("zebra"));
    assertTrue(asked.contains("keys named zebra"));
  }

  @Test
  void howMuchIsAskedAndFoundIsBounded() {
    apis =
        IntStream.range(0, Palette.MOST_OF_A_KIND)
            .mapToObj(i -> RestApi.builder().id("id" + i).name("api " + i).build())
            .toList();

    assertEquals(Palette.MOST_FOUND, paths("api").size());
    assertEquals(
        Palette.MOST_APIS_WITH_STAGES,
        asked.stream().filter(question -> question.startsWith("stages ")).count());
    assertEquals(List.of(), paths("x".repeat(201)));
  }

  @Test
  void placesAreRememberedOncePerTenantTheLastFirst() {
    RecentPlaces recent = new RecentPlaces();
    for (int i = 0; i < 10; i++) {
      recent.visited("1", new Destination("Recent", "p" + i, "", "p" + i));
    }
    recent.visited("1", new Destination("Recent", "p5", "", "p5"));

    List<String> paths = recent.of("1", "p9").stream().map(Destination::path).toList();
    assertEquals(List.of("p5", "p8", "p7", "p6", "p4", "p3", "p2"), paths);
    assertEquals(List.of(), recent.of("2", ""));
  }

  private final class FakeApis extends RestApis {
    @Override
    public GetRestApisResponse getRestApis(Caller caller, GetRestApisRequest in) {
      asked.add("apis " + in.limit());
      return GetRestApisResponse.builder().items(apis).build();
    }
  }

  private final class FakeStages extends Stages {
    @Override
    public GetStagesResponse getStages(Caller caller, GetStagesRequest in) {
      asked.add("stages " + in.restApiId());
      return GetStagesResponse.builder().item(Stage.builder().stageName("prod").build()).build();
    }
  }

  private final class FakePlans extends UsagePlans {
    @Override
    public GetUsagePlansResponse getUsagePlans(Caller caller, GetUsagePlansRequest in) {
      asked.add("plans " + in.limit());
      return GetUsagePlansResponse.builder()
          .items(UsagePlan.builder().id("p1").name("Gold").build())
          .build();
    }
  }

  private final class FakeKeys extends ApiKeys {
    @Override
    public GetApiKeysResponse getApiKeys(Caller caller, GetApiKeysRequest in) {
      if (!mayListKeys) {
        throw ApiError.of(ApiError.Kind.ACCESS_DENIED, "No");
      }
      if (Boolean.TRUE.equals(in.includeValues())) {
        asked.add("keys with values");
      }
      if (in.nameQuery() != null) {
        asked.add("keys named " + in.nameQuery());
        return GetApiKeysResponse.builder()
            .items(ApiKey.builder().id("k9").name("zebra crossing").build())
            .build();
      }
      asked.add("keys " + in.limit());
      return GetApiKeysResponse.builder()
          .items(ApiKey.builder().id("k1").name("Acme Ltd").build())
          .position(moreKeys)
          .build();
    }
  }
}
