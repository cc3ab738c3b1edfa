package io.gatehouse.admin.console.keys;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.ApiKeys;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.UpdateApiKeyRequest;

/**
 * Makes keys, switches them and throws them away; a value is shown when it is made, never later.
 */
final class KeysPresenter {

  interface Screen {
    void show(List<ApiKey> keys);

    void showOnce(ApiKey key);

    void notice(String text);
  }

  private static final int MOST = 500;

  private final ApiKeys apiKeys;
  private final Supplier<Caller> caller;
  private final Screen screen;

  KeysPresenter(ApiKeys apiKeys, Supplier<Caller> caller, Screen screen) {
    this.apiKeys = apiKeys;
    this.caller = caller;
    this.screen = screen;
  }

  void load() {
    screen.show(
        apiKeys
            .getApiKeys(
                caller.get(), GetApiKeysRequest.builder().includeValues(false).limit(MOST).build())
            .items());
  }

  void create(String name, String description) {
    CreateApiKeyRequest.Builder request = CreateApiKeyRequest.builder().enabled(true);
    if (!name.isBlank()) {
      request.name(name.strip());
    }
    if (!description.isBlank()) {
      request.description(description.strip());
    }
    ApiKey made = apiKeys.createApiKey(caller.get(), request.build());
    load();
    screen.showOnce(made);
  }

  void enable(ApiKey key, boolean enabled) {
    apiKeys.updateApiKey(
        caller.get(),
        UpdateApiKeyRequest.builder()
            .apiKey(key.id())
            .patchOperations(
                PatchOperation.builder()
                    .op(Op.REPLACE)
                    .path("/enabled")
                    .value(Boolean.toString(enabled))
                    .build())
            .build());
    load();
    screen.notice(key.name() + (enabled ? " is enabled" : " is disabled"));
  }

  void delete(ApiKey key) {
    apiKeys.deleteApiKey(caller.get(), DeleteApiKeyRequest.builder().apiKey(key.id()).build());
    load();
    screen.notice("Deleted key " + key.name());
  }
}
