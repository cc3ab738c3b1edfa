package io.gatehouse.admin.console.keys;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.ApiKeys;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.UpdateApiKeyRequest;

/**
 * Makes keys, switches them and throws them away; a value is shown when it is made, and later only
 * to whoever asks for it, which is on record.
 */
final class KeysPresenter {

  interface Screen {
    /** There are other rows to be asked for. */
    void show(Count count);

    /** One of those shown is different now. */
    void changed(ApiKey key);

    void showValue(ApiKey key);

    void notice(String text);
  }

  /**
   * @param found that fit the filter
   * @param all of the tenant
   */
  record Count(int found, int all) {}

  private final ApiKeys apiKeys;
  private final Supplier<Caller> caller;
  private final Screen screen;
  private String filter = "";
  private Count count = new Count(0, 0);

  KeysPresenter(ApiKeys apiKeys, Supplier<Caller> caller, Screen screen) {
    this.apiKeys = apiKeys;
    this.caller = caller;
    this.screen = screen;
  }

  /** Begins with all keys, or with those that have a text in their name or id. */
  void load(String wanted) {
    filter = wanted.strip();
    load();
  }

  private void load() {
    Caller who = caller.get();
    int all = apiKeys.countApiKeys(who, "");
    count = new Count(filter.isEmpty() ? all : apiKeys.countApiKeys(who, filter), all);
    screen.show(count);
  }

  Count count() {
    return count;
  }

  /** Rows by their place in the list, looked for when they are wanted. */
  List<ApiKey> rows(int offset, int limit) {
    return apiKeys.searchApiKeys(caller.get(), filter, offset, limit);
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
    screen.showValue(made);
  }

  void reveal(ApiKey key) {
    screen.showValue(
        apiKeys.getApiKey(
            caller.get(), GetApiKeyRequest.builder().apiKey(key.id()).includeValue(true).build()));
  }

  void enable(ApiKey key, boolean enabled) {
    ApiKey changed =
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
    screen.changed(changed);
    screen.notice(key.name() + (enabled ? " is enabled" : " is disabled"));
  }

  void delete(ApiKey key) {
    apiKeys.deleteApiKey(caller.get(), DeleteApiKeyRequest.builder().apiKey(key.id()).build());
    load();
    screen.notice("Deleted key " + key.name());
  }
}
