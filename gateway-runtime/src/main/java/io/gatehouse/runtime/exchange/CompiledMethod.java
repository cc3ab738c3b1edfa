package io.gatehouse.runtime.exchange;

import io.gatehouse.runtime.limit.MethodLimits;
import java.util.List;

/**
 * A method with everything decided that can be decided at deploy time.
 *
 * @param httpMethod as defined, perhaps {@code ANY}
 * @param pathVariables names of the resource path's variables from left to right
 * @param authorizer who may call
 * @param apiKeySource where the API key comes from
 * @param limits what requests count against
 * @param cors headers of every answer of the method; null for none
 * @param detailedMetrics whether the method is counted by itself, too
 * @param logging what is logged of its requests
 * @param caching how its answers are kept; null where they are not
 */
public record CompiledMethod(
    String resourceId,
    String resourcePath,
    String httpMethod,
    List<String> pathVariables,
    Authorizer authorizer,
    ApiKeySource apiKeySource,
    MethodLimits limits,
    RequestCheck check,
    RequestMapping requestMapping,
    Backend backend,
    ResponseMapping responseMapping,
    Cors cors,
    boolean detailedMetrics,
    MethodLogging logging,
    MethodCaching caching) {}
