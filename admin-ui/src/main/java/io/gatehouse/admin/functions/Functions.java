package io.gatehouse.admin.functions;

import static io.gatehouse.admin.functions.FunctionRules.refuseIf;

import io.gatehouse.admin.functions.FunctionNames.Named;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.operations.TagRules;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.FunctionCodeStore.Code;
import io.gatehouse.admin.store.FunctionDocument;
import io.gatehouse.admin.store.FunctionStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredFunction;
import io.gatehouse.admin.store.StoredFunctionVersion;
import io.gatehouse.admin.store.StoredFunctionVersion.Content;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionRequest;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** Functions and their versions. Imitates the Function pages of the API reference. */
@ApplicationScoped
public class Functions implements Operations {

  private FunctionStore functions;
  private FunctionNames names;
  private FunctionCode codes;
  private FunctionVersions versions;
  private FunctionConfigurations configurations;
  private Publisher publisher;

  protected Functions() {}

  @Inject
  public Functions(
      FunctionStore functions,
      FunctionNames names,
      FunctionCode codes,
      FunctionVersions versions,
      FunctionConfigurations configurations,
      Publisher publisher) {
    this.functions = functions;
    this.names = names;
    this.codes = codes;
    this.versions = versions;
    this.configurations = configurations;
    this.publisher = publisher;
  }

  @Operation(value = "POST /2015-03-31/functions", status = 201)
  public FunctionConfiguration createFunction(Caller caller, CreateFunctionRequest in) {
    String name = FunctionNames.whole(caller, in.functionName());
    refuseIf(
        in.code().s3Bucket() != null || in.code().s3Key() != null || in.code().imageUri() != null,
        "Code is taken as ZipFile only: S3Bucket and ImageUri are not supported here");
    FunctionConfiguration configuration = configurations.created(caller, name, in);
    Map<String, String> variables = FunctionRules.variables(in.environment());
    TagRules.check(in.tags());
    StoredFunction function = functions.create(caller, name, FunctionDocument.tagged(in.tags()));
    Code code = codes.keep(caller, zip(in.code().zipFile()));
    Content content = versions.content(caller, configuration, code, in.layers());
    StoredFunctionVersion made = functions.addLatest(function, content, variables);
    if (Boolean.TRUE.equals(in.publish())) {
      made = versions.publish(function, made, null);
    }
    publisher.changed(function);
    return versions.shown(caller, made, Optional.empty());
  }

  @Operation("GET /2015-03-31/functions/{FunctionName}")
  public GetFunctionResponse getFunction(Caller caller, GetFunctionRequest in) {
    Named named = FunctionNames.parse(caller, in.functionName(), in.qualifier());
    StoredFunction function = names.get(caller, named.name());
    StoredFunctionVersion version = names.version(caller, function, named.qualifier());
    FunctionDocument body = function.body();
    GetFunctionResponse.Builder out =
        GetFunctionResponse.builder()
            .configuration(versions.shown(caller, version, named.qualifier()))
            .code(c -> c.repositoryType("Gatehouse"))
            .tags(body.tags().isEmpty() ? null : body.tags());
    body.reservedConcurrency()
        .ifPresent(n -> out.concurrency(c -> c.reservedConcurrentExecutions(n)));
    return out.build();
  }

  @Operation("GET /2015-03-31/functions/{FunctionName}/configuration")
  public FunctionConfiguration getFunctionConfiguration(
      Caller caller, GetFunctionConfigurationRequest in) {
    Named named = FunctionNames.parse(caller, in.functionName(), in.qualifier());
    StoredFunction function = names.get(caller, named.name());
    StoredFunctionVersion version = names.version(caller, function, named.qualifier());
    return versions.shown(caller, version, named.qualifier());
  }

  @Operation("GET /2015-03-31/functions")
  public ListFunctionsResponse listFunctions(Caller caller, ListFunctionsRequest in) {
    refuseIf(
        in.masterRegion() != null && !in.masterRegion().equals("ALL"),
        "MasterRegion is for functions at the vendor's edge; there are none here");
    boolean every = in.functionVersionAsString() != null;
    Page<StoredFunctionVersion> page =
        functions.list(caller, every, Listing.ask(in.marker(), in.maxItems()));
    return ListFunctionsResponse.builder()
        .functions(
            page.items().stream()
                .map(version -> versions.shown(caller, version, listed(version, every)))
                .toList())
        .nextMarker(page.position().orElse(null))
        .build();
  }

  @Operation("GET /2015-03-31/functions/{FunctionName}/versions")
  public ListVersionsByFunctionResponse listVersionsByFunction(
      Caller caller, ListVersionsByFunctionRequest in) {
    String name = FunctionNames.whole(caller, in.functionName());
    Page<StoredFunctionVersion> page =
        Page.within(
            functions.versions(names.get(caller, name)),
            Listing.ask(in.marker(), in.maxItems()),
            StoredFunctionVersion::version);
    return ListVersionsByFunctionResponse.builder()
        .versions(
            page.items().stream()
                .map(version -> versions.shown(caller, version, listed(version, true)))
                .toList())
        .nextMarker(page.position().orElse(null))
        .build();
  }

  @Operation("PUT /2015-03-31/functions/{FunctionName}/code")
  public FunctionConfiguration updateFunctionCode(Caller caller, UpdateFunctionCodeRequest in) {
    refuseIf(
        in.s3Bucket() != null || in.s3Key() != null || in.imageUri() != null,
        "Code is taken as ZipFile only: S3Bucket and ImageUri are not supported here");
    FunctionRules.architectures(in.architecturesAsStrings());
    StoredFunction function = lockWhole(caller, in.functionName());
    StoredFunctionVersion latest = latest(caller, function);
    Content before = latest.content();
    FunctionNames.requireRevision(in.revisionId(), before.configuration().revisionId());
    SdkBytes zip = zip(in.zipFile());
    if (Boolean.TRUE.equals(in.dryRun())) {
      Content tried = versions.recoded(caller, before, FunctionCode.described(zip));
      return versions.shown(caller, latest, Optional.empty()).toBuilder()
          .codeSha256(tried.configuration().codeSha256())
          .codeSize(tried.configuration().codeSize())
          .build();
    }
    Content after = versions.recoded(caller, before, codes.keep(caller, zip));
    return changed(caller, function, latest, touched(after), Boolean.TRUE.equals(in.publish()));
  }

  @Operation("PUT /2015-03-31/functions/{FunctionName}/configuration")
  public FunctionConfiguration updateFunctionConfiguration(
      Caller caller, UpdateFunctionConfigurationRequest in) {
    StoredFunction function = lockWhole(caller, in.functionName());
    StoredFunctionVersion latest = latest(caller, function);
    Content before = latest.content();
    FunctionNames.requireRevision(in.revisionId(), before.configuration().revisionId());
    FunctionConfiguration next = configurations.updated(caller, before.configuration(), in);
    Code code = codes.get(caller, before.codeSha256());
    Content after =
        in.hasLayers()
            ? versions.content(caller, next, code, in.layers())
            : new Content(next, before.codeSha256(), before.layers());
    Map<String, String> variables =
        in.environment() == null
            ? functions.environment(latest)
            : FunctionRules.variables(in.environment());
    functions.replace(function, latest, after, variables);
    codes.sweep(caller, before.layers());
    publisher.changed(function);
    return versions.shown(caller, latest, Optional.empty());
  }

  @Operation(value = "POST /2015-03-31/functions/{FunctionName}/versions", status = 201)
  public FunctionConfiguration publishVersion(Caller caller, PublishVersionRequest in) {
    StoredFunction function = lockWhole(caller, in.functionName());
    StoredFunctionVersion latest = latest(caller, function);
    FunctionConfiguration current = latest.content().configuration();
    FunctionNames.requireRevision(in.revisionId(), current.revisionId());
    refuseIf(
        in.codeSha256() != null
            && !in.codeSha256().isEmpty()
            && !in.codeSha256().equals(current.codeSha256()),
        "CodeSHA256 (%s) is different from current CodeSHA256 in $LATEST (%s). Please try again with the CodeSHA256 in $LATEST."
            .formatted(FunctionRules.shown(in.codeSha256()), current.codeSha256()));
    StoredFunctionVersion version = versions.publish(function, latest, in.description());
    publisher.changed(function);
    return versions.shown(caller, version, Optional.empty());
  }

  @Operation(value = "DELETE /2015-03-31/functions/{FunctionName}", status = 204)
  public void deleteFunction(Caller caller, DeleteFunctionRequest in) {
    Named named = FunctionNames.parse(caller, in.functionName(), in.qualifier());
    StoredFunction function = names.lock(caller, named.name());
    if (named.qualifier().isPresent()) {
      deleteVersion(caller, function, named.qualifier().get());
      return;
    }
    List<String> codesBefore = new ArrayList<>();
    functions.versions(function).forEach(version -> addCodes(codesBefore, version.content()));
    functions.delete(function);
    codes.sweep(caller, codesBefore);
    publisher.gone(function);
  }

  private void deleteVersion(Caller caller, StoredFunction function, String qualifier) {
    FunctionDocument body = function.body();
    refuseIf(
        qualifier.equals(FunctionStore.LATEST),
        "$LATEST version cannot be deleted without deleting the function.");
    refuseIf(
        body.aliases().containsKey(qualifier), "Deletion of aliases is not currently supported.");
    StoredFunctionVersion version = names.version(caller, function, Optional.of(qualifier));
    List<String> users =
        body.aliases().values().stream()
            .filter(alias -> Aliases.leadsTo(alias, qualifier))
            .map(alias -> alias.name())
            .sorted()
            .toList();
    if (!users.isEmpty()) {
      throw ApiError.conflict(
          "Unable to delete version because the following aliases reference it: " + users);
    }
    List<String> codesBefore = new ArrayList<>();
    addCodes(codesBefore, version.content());
    functions.delete(function, version);
    functions.replace(function, body.without(qualifier));
    codes.sweep(caller, codesBefore);
    publisher.changed(function);
  }

  private FunctionConfiguration changed(
      Caller caller,
      StoredFunction function,
      StoredFunctionVersion latest,
      Content after,
      boolean publish) {
    String codeBefore = latest.content().codeSha256();
    functions.replace(function, latest, after, functions.environment(latest));
    StoredFunctionVersion shown = publish ? versions.publish(function, latest, null) : latest;
    codes.sweep(caller, List.of(codeBefore));
    publisher.changed(function);
    return versions.shown(caller, shown, Optional.empty());
  }

  private Content touched(Content content) {
    return new Content(
        configurations.touched(content.configuration()), content.codeSha256(), content.layers());
  }

  private StoredFunction lockWhole(Caller caller, String functionName) {
    return names.lock(caller, FunctionNames.whole(caller, functionName));
  }

  private StoredFunctionVersion latest(Caller caller, StoredFunction function) {
    return names.version(caller, function, Optional.empty());
  }

  private static void addCodes(List<String> hashes, Content content) {
    hashes.add(content.codeSha256());
    hashes.addAll(content.layers());
  }

  /** In lists of versions each has its qualifier. */
  private static Optional<String> listed(StoredFunctionVersion version, boolean every) {
    return every ? Optional.of(version.version()) : Optional.empty();
  }

  private static SdkBytes zip(SdkBytes zip) {
    refuseIf(
        zip == null || zip.asByteArrayUnsafe().length == 0,
        "Please provide a source for function code.");
    return zip;
  }
}
