package io.gatehouse.admin.functions;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.operations.TagRules;
import io.gatehouse.admin.store.FunctionStore;
import io.gatehouse.admin.store.StoredFunction;
import io.gatehouse.model.aws.FunctionName;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.model.ListTagsRequest;
import software.amazon.awssdk.services.lambda.model.ListTagsResponse;
import software.amazon.awssdk.services.lambda.model.TagResourceRequest;
import software.amazon.awssdk.services.lambda.model.UntagResourceRequest;

/** Tags of functions. Imitates the Tag pages of Lambda's API reference. */
@ApplicationScoped
public class FunctionTags implements Operations {

  private FunctionStore functions;
  private FunctionNames names;

  protected FunctionTags() {}

  @Inject
  public FunctionTags(FunctionStore functions, FunctionNames names) {
    this.functions = functions;
    this.names = names;
  }

  @Operation(value = "POST /2017-03-31/tags/{Resource}", status = 204)
  public void tagResource(Caller caller, TagResourceRequest in) {
    StoredFunction function = names.lock(caller, name(caller, in.resource()));
    Map<String, String> tags = new TreeMap<>(function.body().tags());
    tags.putAll(in.tags());
    TagRules.check(tags);
    functions.replace(function, function.body().withTags(tags));
  }

  @Operation(value = "DELETE /2017-03-31/tags/{Resource}", status = 204)
  public void untagResource(Caller caller, UntagResourceRequest in) {
    StoredFunction function = names.lock(caller, name(caller, in.resource()));
    Map<String, String> tags = new TreeMap<>(function.body().tags());
    in.tagKeys().forEach(tags::remove);
    functions.replace(function, function.body().withTags(tags));
  }

  @Operation("GET /2017-03-31/tags/{Resource}")
  public ListTagsResponse listTags(Caller caller, ListTagsRequest in) {
    StoredFunction function = names.get(caller, name(caller, in.resource()));
    return ListTagsResponse.builder().tags(function.body().tags()).build();
  }

  private static String name(Caller caller, String arn) {
    FunctionName named =
        FunctionName.parse(arn)
            .orElseThrow(
                () -> ApiError.badRequest("Only functions have tags here, which this is none of"));
    if (named.qualifier().isPresent()) {
      throw ApiError.badRequest(
          "Tags on function aliases and versions are not supported. Please specify a function ARN.");
    }
    return FunctionNames.whole(caller, arn);
  }
}
