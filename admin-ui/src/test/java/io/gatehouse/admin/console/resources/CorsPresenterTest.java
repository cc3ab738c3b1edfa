package io.gatehouse.admin.console.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.resources.CorsPresenter.Form;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.CorsSettings;
import io.gatehouse.model.definition.Cors;
import io.gatehouse.model.definition.CorsRules;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CorsPresenterTest {

  private static final Cors STRICT =
      new Cors(
          List.of("https://a.example", "http://localhost:3000"),
          List.of("GET", "PUT"),
          List.of("X-A", "X-B"),
          List.of("ETag"),
          Optional.of(60),
          true);

  private final Map<String, Cors> stored = new LinkedHashMap<>();
  private final List<String> done = new ArrayList<>();
  private final CorsPresenter ofApi = presenter(CorsRules.WHOLE_API);
  private final CorsPresenter ofPets = presenter("pets01");

  @Test
  void whereThereIsNoneTheFormIsOffAndBeginsWithEveryOrigin() {
    Form form = ofApi.form();

    assertFalse(form.on());
    assertEquals("*", form.origins());
    assertFalse(form.allowCredentials());
    assertTrue(ofApi.isOfWholeApi());
    assertFalse(ofPets.isOfWholeApi());
  }

  @Test
  void whoChoosesAMethodGivesUpAllAndTheOtherWayAround() {
    assertEquals(Set.of("GET"), CorsPresenter.chosen(Set.of("*"), Set.of("*", "GET")));
    assertEquals(
        Set.of("*"), CorsPresenter.chosen(Set.of("GET", "PUT"), Set.of("GET", "PUT", "*")));
    assertEquals(Set.of("GET", "PUT"), CorsPresenter.chosen(Set.of("GET"), Set.of("GET", "PUT")));
    assertEquals(Set.of(), CorsPresenter.chosen(Set.of("*"), Set.of()));
  }

  @Test
  void whatIsThereIsShownAndSavedAgainAsItIs() {
    stored.put("pets01", STRICT);

    Form form = ofPets.form();
    ofPets.save(form);

    assertTrue(form.on());
    assertEquals("https://a.example\nhttp://localhost:3000", form.origins());
    assertEquals(Set.of("GET", "PUT"), form.methods());
    assertEquals(STRICT, stored.get("pets01"));
    assertFalse(ofApi.form().on(), "the API's own are others");
  }

  @Test
  void linesBlanksAndCommasSeparate() {
    ofApi.save(
        new Form(
            true,
            " https://a.example,https://b.example\n\nhttps://c.example ",
            Set.of("PUT", "GET"),
            "X-A, X-B",
            "",
            Optional.empty(),
            false));

    Cors saved = stored.get(CorsRules.WHOLE_API);
    assertEquals(
        List.of("https://a.example", "https://b.example", "https://c.example"),
        saved.allowOrigins());
    assertEquals(List.of("GET", "PUT"), saved.allowMethods());
    assertEquals(List.of("X-A", "X-B"), saved.allowHeaders());
    assertEquals(List.of(), saved.exposeHeaders());
  }

  @Test
  void switchedOffItIsDeletedOnce() {
    stored.put("pets01", STRICT);
    Form off = presenter("other1").form();

    ofPets.save(off);
    ofPets.save(off);

    assertEquals(List.of("delete api1 pets01"), done);
    assertEquals(Map.of(), stored);
  }

  @Test
  void aRefusalReachesTheDialogSoThatWhatWasTypedStays() {
    Form wrong = new Form(true, "https://a/b", Set.of(), "", "", Optional.empty(), false);

    assertThrows(ApiError.class, () -> ofApi.save(wrong));
    assertEquals(List.of(), done);
  }

  private CorsPresenter presenter(String resourceId) {
    return new CorsPresenter(
        new FakeCorsSettings(),
        () -> new Caller("111111111111", "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE),
        "api1",
        resourceId);
  }

  private final class FakeCorsSettings extends CorsSettings {
    @Override
    public Map<String, Cors> cors(Caller caller, String apiId) {
      return stored;
    }

    @Override
    public void putCors(Caller caller, String apiId, String resourceId, Cors cors) {
      done.add("put " + apiId + " " + resourceId);
      stored.put(resourceId, cors);
    }

    @Override
    public void deleteCors(Caller caller, String apiId, String resourceId) {
      done.add("delete " + apiId + " " + resourceId);
      stored.remove(resourceId);
    }
  }
}
