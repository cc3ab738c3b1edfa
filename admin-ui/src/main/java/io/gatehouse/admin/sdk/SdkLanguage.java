package io.gatehouse.admin.sdk;

import static io.gatehouse.admin.sdk.SdkProperty.ARTIFACT;
import static io.gatehouse.admin.sdk.SdkProperty.IDENTIFIER;
import static io.gatehouse.admin.sdk.SdkProperty.PACKAGE;

import io.gatehouse.model.wire.ApiError;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.SdkType;

/**
 * The types of SDKs: the vendor's six, and TypeScript and Python, which are ours. Each asks its
 * caller for the vendor's parameters and turns them into the generator's options.
 */
public enum SdkLanguage {
  ANDROID(
      "Android",
      "java",
      List.of(
          new SdkProperty("groupId", "Group ID", "The Maven group of the SDK", true, PACKAGE),
          new SdkProperty("artifactId", "Artifact ID", "The Maven name of the SDK", true, ARTIFACT),
          new SdkProperty(
              "artifactVersion", "Artifact Version", "The version of the SDK", true, ARTIFACT),
          new SdkProperty(
              "invokerPackage", "Invoker Package", "The Java package of the SDK", true, PACKAGE))) {
    @Override
    void options(Map<String, String> given, Map<String, String> options) {
      options.putAll(given);
      packages(given.get("invokerPackage"), options);
      options.put("library", "okhttp-gson");
      options.put("androidSdkVersion", "34");
      options.put("hideGenerationTimestamp", "true");
    }
  },
  JAVA(
      "Java",
      "java",
      List.of(
          new SdkProperty(
              "service.name", "Service Name", "What the API is called", true, IDENTIFIER),
          new SdkProperty(
              "java.package-name", "Java Package Name", "The package of the code", true, PACKAGE),
          new SdkProperty(
              "java.group-id", "Java Group ID", "The Maven group of the SDK", false, PACKAGE),
          new SdkProperty(
              "java.artifact-id", "Java Artifact ID", "The Maven name of the SDK", false, ARTIFACT),
          new SdkProperty(
              "java.artifact-version",
              "Java Artifact Version",
              "The SDK's version",
              false,
              ARTIFACT))) {
    @Override
    void options(Map<String, String> given, Map<String, String> options) {
      String name = given.get("java.package-name");
      packages(name, options);
      options.put("groupId", given.getOrDefault("java.group-id", name));
      options.put("artifactId", given.getOrDefault("java.artifact-id", given.get("service.name")));
      options.put("artifactVersion", given.getOrDefault("java.artifact-version", VERSION));
      options.put("library", "native");
      options.put("openApiNullable", "false");
      options.put("useJakartaEe", "true");
      options.put("hideGenerationTimestamp", "true");
    }
  },
  JAVASCRIPT("JavaScript", "javascript", List.of()) {
    @Override
    void options(Map<String, String> given, Map<String, String> options) {
      options.put("projectName", NAME);
      options.put("projectVersion", VERSION);
      options.put("usePromises", "true");
      options.put("licenseName", "UNLICENSED");
    }
  },
  OBJECTIVEC("iOS (Objective-C)", "objc", List.of(classPrefix())) {
    @Override
    void options(Map<String, String> given, Map<String, String> options) {
      options.put("classPrefix", given.get("classPrefix"));
      options.put("podName", given.get("classPrefix") + "Client");
      options.put("podVersion", VERSION);
    }
  },
  PYTHON("Python", "python", List.of()) {
    @Override
    void options(Map<String, String> given, Map<String, String> options) {
      options.put("packageName", "api_client");
      options.put("projectName", NAME);
      options.put("packageVersion", VERSION);
    }
  },
  RUBY(
      "Ruby",
      "ruby",
      List.of(
          new SdkProperty(
              "service.name", "Service Name", "What the API is called", true, IDENTIFIER),
          new SdkProperty("ruby.gem-name", "Ruby Gem Name", "The gem's name", false, ARTIFACT),
          new SdkProperty(
              "ruby.gem-version", "Ruby Gem Version", "The gem's version", false, ARTIFACT))) {
    @Override
    void options(Map<String, String> given, Map<String, String> options) {
      String service = given.get("service.name");
      options.put(
          "moduleName", service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1));
      options.put("gemName", given.getOrDefault("ruby.gem-name", service.toLowerCase(Locale.ROOT)));
      options.put("gemVersion", given.getOrDefault("ruby.gem-version", VERSION));
    }
  },
  SWIFT("iOS (Swift)", "swift6", List.of(classPrefix())) {
    @Override
    void options(Map<String, String> given, Map<String, String> options) {
      options.put("projectName", given.get("classPrefix") + "Client");
      options.put("apiNamePrefix", given.get("classPrefix"));
      options.put("modelNamePrefix", given.get("classPrefix"));
    }
  },
  TYPESCRIPT("TypeScript", "typescript-fetch", List.of()) {
    @Override
    void options(Map<String, String> given, Map<String, String> options) {
      options.put("npmName", NAME);
      options.put("npmVersion", VERSION);
      options.put("licenseName", "UNLICENSED");
    }
  };

  private static final String NAME = "api-client";
  private static final String VERSION = "1.0.0";

  private final String friendlyName;
  private final String generator;
  private final List<SdkProperty> properties;

  SdkLanguage(String friendlyName, String generator, List<SdkProperty> properties) {
    this.friendlyName = friendlyName;
    this.generator = generator;
    this.properties = properties;
  }

  /** As the vendor spells it: {@code javascript}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<SdkLanguage> find(String id) {
    return Arrays.stream(values()).filter(language -> language.id().equals(id)).findFirst();
  }

  public SdkType shape() {
    return SdkType.builder()
        .id(id())
        .friendlyName(friendlyName)
        .description(friendlyName + " SDK")
        .configurationProperties(properties.stream().map(SdkProperty::shape).toList())
        .build();
  }

  /** As OpenAPI Generator calls it. */
  String generator() {
    return generator;
  }

  /**
   * The generator's options; their values hold no comma and no equals sign.
   *
   * @throws ApiError bad request, when a parameter is missing or malformed
   */
  public Map<String, String> options(Map<String, String> parameters) {
    Map<String, String> given = new LinkedHashMap<>();
    for (SdkProperty property : properties) {
      property.value(parameters).ifPresent(value -> given.put(property.name(), value));
    }
    Map<String, String> options = new LinkedHashMap<>();
    options(given, options);
    return options;
  }

  abstract void options(Map<String, String> given, Map<String, String> options);

  private static SdkProperty classPrefix() {
    return new SdkProperty(
        "classPrefix", "Prefix", "What the names of all classes begin with", true, IDENTIFIER);
  }

  private static void packages(String name, Map<String, String> options) {
    options.put("invokerPackage", name);
    options.put("apiPackage", name + ".api");
    options.put("modelPackage", name + ".model");
  }
}
