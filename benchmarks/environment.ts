/** Imported first: Medusa's logger reads its level when it is loaded. */
process.env.NODE_ENV = "test"
process.env.LOG_LEVEL ??= "error"
process.env.MEDUSA_DISABLE_TELEMETRY = "true"
