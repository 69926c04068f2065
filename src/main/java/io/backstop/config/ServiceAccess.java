package io.backstop.config;

import java.util.Map;
import java.util.Optional;

/** How a service is reached, and what an executor may know of its settings. */
public interface ServiceAccess {

  @Doc(
      "Base URL of the service's API; the public one where it is a built-in service. For email"
          + " smtp://host:587 or smtps://host:465, for webhook the URL that is posted to.")
  Optional<String> baseUrl();

  @Doc("API token, sent in the Authorization header. Best from the environment.")
  Optional<String> token();

  @Doc("API key, for a service that wants one beside the token (Trello).")
  Optional<String> apiKey();

  @Doc("Path of a Google service account's JSON key file.")
  Optional<String> serviceAccountFile();

  @Doc("User that a Google service account acts for (domain-wide delegation).")
  Optional<String> delegatedUser();

  @Doc("OAuth client id, with refresh-token.")
  Optional<String> clientId();

  @Doc("OAuth client secret, with refresh-token.")
  Optional<String> clientSecret();

  @Doc("OAuth refresh token.")
  Optional<String> refreshToken();

  @Doc("OAuth token endpoint; Google's when absent.")
  Optional<String> tokenUri();

  @Doc("User name, for a service that wants one with a password (mail server).")
  Optional<String> username();

  @Doc("Password of that user. Best from the environment.")
  Optional<String> password();

  @Doc("Sender address of e-mails.")
  Optional<String> sender();

  @Doc(
      "Directory that a file target writes below (csv, local, file); backstop-files/<service> in the"
          + " working directory when absent.")
  Optional<String> directory();

  @Doc(
      "Secret that webhooks are signed with, whsec_ and base64 (Standard Webhooks); several"
          + " separated by spaces while it is being changed.")
  Optional<String> signingSecret();

  @Doc(
      "Further settings of a target, as they are; docs/actions.md names those of the built-in ones.")
  Map<String, String> options();
}
