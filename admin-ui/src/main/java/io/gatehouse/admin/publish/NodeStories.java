package io.gatehouse.admin.publish;

import io.gatehouse.model.observed.RequestRecord;
import java.util.Optional;

/** What nodes remember of requests that they have refused, also of those that reached no API. */
public interface NodeStories {

  /** Empty where no node remembers the request, or none can be asked; of any account. */
  Optional<RequestRecord> story(String requestId);
}
