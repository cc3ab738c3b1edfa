package io.gatehouse.admin.console.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.ApiKeys;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateApiKeyRequest;

class KeysPresenterTest {

  private final List<Object> asked = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private final List<ApiKey> values = new ArrayList<>();
  private final KeysPresenter presenter =
      new KeysPresenter(
          new FakeApiKeys(),
          () -> new Caller("111111111111", "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE),
          new FakeScreen());

  @Test
  void theValueIsShownWhenAKeyIsMadeAndNotAskedForWithTheList() {
    presenter.create(" Acme ", "");

    CreateApiKeyRequest made = (CreateApiKeyRequest) asked.getFirst();
    assertEquals("Acme", made.name());
    assertNull(made.description());
    assertTrue(made.enabled());
    assertEquals("value", values.getFirst().value());
    assertEquals(List.of("10000 of 10000"), shown);
  }

  @Test
  void aValueIsShownToWhoeverAsksForIt() {
    presenter.reveal(ApiKey.builder().id("k1").build());

    GetApiKeyRequest in = (GetApiKeyRequest) asked.getFirst();
    assertEquals("k1", in.apiKey());
    assertEquals(Boolean.TRUE, in.includeValue());
    assertEquals("kept", values.getFirst().value());
  }

  @Test
  void disablingIsAPatchOfThatKey() {
    presenter.enable(ApiKey.builder().id("k1").name("Acme").build(), false);

    UpdateApiKeyRequest patch = (UpdateApiKeyRequest) asked.getFirst();
    assertEquals("k1", patch.apiKey());
    assertEquals("/enabled", patch.patchOperations().getFirst().path());
    assertEquals("false", patch.patchOperations().getFirst().value());
    assertEquals(List.of("changed k1", "Acme is disabled"), shown);
  }

  @Test
  void whatIsTypedIsLookedForAmongAllKeysAndRowsComeAsTheyAreWanted() {
    presenter.load(" Acme ");

    assertEquals(List.of("2 of 10000"), shown);
    assertEquals(List.of("Acme 40", "Acme 41"), names(presenter.rows(40, 2)));
    presenter.load("");
    assertEquals(List.of("2 of 10000", "10000 of 10000"), shown);
    assertEquals(List.of(" 9000"), names(presenter.rows(9000, 1)));
  }

  private static List<String> names(List<ApiKey> keys) {
    return keys.stream().map(ApiKey::name).toList();
  }

  @Test
  void aRefusalReachesTheFormSoThatWhatWasTypedStays() {
    assertThrows(ApiError.class, () -> presenter.create("refuse", ""));
    assertTrue(values.isEmpty());
  }

  private final class FakeApiKeys extends ApiKeys {
    @Override
    public ApiKey createApiKey(Caller caller, CreateApiKeyRequest in) {
      asked.add(in);
      if ("refuse".equals(in.name())) {
        throw ApiError.conflict("API Key already exists");
      }
      return ApiKey.builder().id("k1").name(in.name()).value("value").build();
    }

    @Override
    public ApiKey getApiKey(Caller caller, GetApiKeyRequest in) {
      asked.add(in);
      return ApiKey.builder().id(in.apiKey()).value("kept").build();
    }

    @Override
    public List<ApiKey> searchApiKeys(Caller caller, String text, int offset, int limit) {
      return IntStream.range(offset, offset + limit)
          .mapToObj(i -> ApiKey.builder().id("k" + i).name(text + " " + i).build())
          .toList();
    }

    @Override
    public int countApiKeys(Caller caller, String text) {
      return text.isEmpty() ? 10_000 : 2;
    }

    @Override
    public ApiKey updateApiKey(Caller caller, UpdateApiKeyRequest in) {
      asked.add(in);
      return ApiKey.builder().id(in.apiKey()).build();
    }
  }

  private final class FakeScreen implements KeysPresenter.Screen {
    @Override
    public void show(KeysPresenter.Count count) {
      shown.add(count.found() + " of " + count.all());
    }

    @Override
    public void changed(ApiKey key) {
      shown.add("changed " + key.id());
    }

    @Override
    public void showValue(ApiKey key) {
      values.add(key);
    }

    @Override
    public void notice(String text) {
      shown.add(text);
    }
  }
}
