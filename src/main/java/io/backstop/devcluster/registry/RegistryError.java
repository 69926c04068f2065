package io.backstop.devcluster.registry;

/**
 * A refusal with the status, code and wording of Confluent's registry: clients decide by the code.
 * The first three digits of a five-digit code are its HTTP status.
 */
final class RegistryError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  private RegistryError(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }

  int status() {
    return code > 999 ? code / 100 : code;
  }

  static RegistryError noSuchPath(String method, String path) {
    return new RegistryError(404, "HTTP 404 Not Found: " + method + " " + path);
  }

  static RegistryError methodNotAllowed(String method, String path) {
    return new RegistryError(405, "HTTP 405 Method Not Allowed: " + method + " " + path);
  }

  static RegistryError badRequest(String reason) {
    return new RegistryError(400, reason);
  }

  static RegistryError subjectNotFound(String subject) {
    return new RegistryError(40401, "Subject '" + subject + "' not found.");
  }

  static RegistryError versionNotFound(int version) {
    return new RegistryError(40402, "Version " + version + " not found.");
  }

  static RegistryError schemaNotFound() {
    return new RegistryError(40403, "Schema not found");
  }

  static RegistryError schemaNotFound(int id) {
    return new RegistryError(40403, "Schema " + id + " not found");
  }

  static RegistryError subjectSoftDeleted(String subject) {
    return new RegistryError(
        40404,
        "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
  }

  static RegistryError subjectNotSoftDeleted(String subject) {
    return new RegistryError(
        40405, "Subject '" + subject + "' was not deleted first before being permanently deleted");
  }

  static RegistryError versionSoftDeleted(SchemaVersion version) {
    return new RegistryError(
        40406, named(version) + " was soft deleted. Set permanent=true to delete permanently");
  }

  static RegistryError versionNotSoftDeleted(SchemaVersion version) {
    return new RegistryError(
        40407, named(version) + " was not deleted first before being permanently deleted");
  }

  static RegistryError noSubjectLevel(String subject) {
    return new RegistryError(
        40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
  }

  static RegistryError noSubjectMode(String subject) {
    return new RegistryError(
        40409, "Subject '" + subject + "' does not have subject-level mode configured");
  }

  static RegistryError incompatible(String subject, Object details) {
    return new RegistryError(
        409,
        "Schema being registered is incompatible with an earlier schema for subject \""
            + subject
            + "\", details: "
            + details);
  }

  static RegistryError invalidSchema(String reason) {
    return new RegistryError(42201, "Invalid schema: " + reason);
  }

  static RegistryError invalidVersion(String version) {
    return new RegistryError(
        42202,
        "The specified version '"
            + version
            + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string"
            + " \"latest\"");
  }

  static RegistryError invalidLevel() {
    return new RegistryError(
        42203,
        "Invalid compatibility level. Valid values are none, backward, forward, full,"
            + " backward_transitive, forward_transitive, and full_transitive");
  }

  static RegistryError referenced(SchemaVersion version) {
    return new RegistryError(42206, "One or more references exist to the schema " + named(version));
  }

  static RegistryError notStored(String reason) {
    return new RegistryError(50001, "Error in the backend data store: " + reason);
  }

  private static String named(SchemaVersion version) {
    return "Subject '" + version.subject() + "' Version " + version.version();
  }
}
