package io.gatehouse.admin.pools;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.StoredUserPool;
import io.gatehouse.admin.store.UserPoolStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TagResourceRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TagResourceResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UntagResourceRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UntagResourceResponse;

/** Tags of user pools; those that begin with {@code gatehouse:} say which issuer is behind one. */
@ApplicationScoped
public class UserPoolTags implements Operations {

  private UserPoolStore store;
  private Publisher publisher;
  private PoolRules rules;

  protected UserPoolTags() {}

  @Inject
  public UserPoolTags(UserPoolStore store, Publisher publisher, Settings settings) {
    this.store = store;
    this.publisher = publisher;
    this.rules = new PoolRules(settings.egressAllow());
  }

  @Operation("POST /#TagResource")
  public TagResourceResponse tagResource(Caller caller, TagResourceRequest in) {
    StoredUserPool pool = store.lock(caller, poolId(in.resourceArn()));
    Map<String, String> tags = new TreeMap<>(pool.body().userPoolTags());
    tags.putAll(in.tags());
    replace(pool, tags);
    return TagResourceResponse.builder().build();
  }

  @Operation("POST /#UntagResource")
  public UntagResourceResponse untagResource(Caller caller, UntagResourceRequest in) {
    StoredUserPool pool = store.lock(caller, poolId(in.resourceArn()));
    Map<String, String> tags = new TreeMap<>(pool.body().userPoolTags());
    in.tagKeys().forEach(tags::remove);
    replace(pool, tags);
    return UntagResourceResponse.builder().build();
  }

  private void replace(StoredUserPool pool, Map<String, String> tags) {
    rules.checkTags(pool.body().userPoolTags(), tags);
    store.replace(pool, pool.body().toBuilder().userPoolTags(tags).build());
    publisher.changed(pool);
  }

  @Operation("POST /#ListTagsForResource")
  public ListTagsForResourceResponse listTagsForResource(
      Caller caller, ListTagsForResourceRequest in) {
    return ListTagsForResourceResponse.builder()
        .tags(store.get(caller, poolId(in.resourceArn())).body().userPoolTags())
        .build();
  }

  private static String poolId(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
