package io.backstop.cli;

import io.backstop.action.ActionRequest;
import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * One request as it goes to Kafka.
 *
 * @param key record key
 */
record ParsedRequest(String key, ActionRequest request, List<Header> headers) {}
