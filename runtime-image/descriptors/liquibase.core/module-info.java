/** Liquibase, for changelogs in formatted SQL on PostgreSQL; the command framework and other databases are left out. */
open module liquibase.core {
    requires transitive java.sql;
    requires transitive java.xml;
    requires java.desktop; // java.beans alone
    requires java.logging;
    requires java.naming;
    requires org.apache.commons.collections4;
    requires org.apache.commons.io;
    requires org.apache.commons.lang3;

    exports liquibase;
    exports liquibase.analytics;
    exports liquibase.analytics.configuration;
    exports liquibase.change;
    exports liquibase.change.core;
    exports liquibase.change.custom;
    exports liquibase.change.visitor;
    exports liquibase.changelog;
    exports liquibase.changelog.column;
    exports liquibase.changelog.filter;
    exports liquibase.changelog.visitor;
    exports liquibase.changeset;
    exports liquibase.command;
    exports liquibase.command.copy;
    exports liquibase.command.core;
    exports liquibase.command.core.helpers;
    exports liquibase.command.core.init;
    exports liquibase.command.providers;
    exports liquibase.common.datatype;
    exports liquibase.configuration;
    exports liquibase.configuration.core;
    exports liquibase.database;
    exports liquibase.database.core;
    exports liquibase.database.jvm;
    exports liquibase.datatype;
    exports liquibase.datatype.core;
    exports liquibase.dbdoc;
    exports liquibase.diff;
    exports liquibase.diff.compare;
    exports liquibase.diff.compare.core;
    exports liquibase.diff.core;
    exports liquibase.diff.output;
    exports liquibase.diff.output.changelog;
    exports liquibase.diff.output.changelog.core;
    exports liquibase.diff.output.report;
    exports liquibase.exception;
    exports liquibase.executor;
    exports liquibase.executor.jvm;
    exports liquibase.integration;
    exports liquibase.integration.ant;
    exports liquibase.integration.ant.type;
    exports liquibase.integration.commandline;
    exports liquibase.integration.commandline.util;
    exports liquibase.integration.servlet;
    exports liquibase.integration.spring;
    exports liquibase.io;
    exports liquibase.license;
    exports liquibase.listener;
    exports liquibase.lockservice;
    exports liquibase.logging;
    exports liquibase.logging.core;
    exports liquibase.logging.mdc;
    exports liquibase.logging.mdc.customobjects;
    exports liquibase.osgi;
    exports liquibase.parser;
    exports liquibase.parser.core;
    exports liquibase.parser.core.formattedsql;
    exports liquibase.parser.core.json;
    exports liquibase.parser.core.sql;
    exports liquibase.parser.core.xml;
    exports liquibase.parser.core.yaml;
    exports liquibase.plugin;
    exports liquibase.precondition;
    exports liquibase.precondition.core;
    exports liquibase.report;
    exports liquibase.resource;
    exports liquibase.sdk.exception;
    exports liquibase.sdk.executor;
    exports liquibase.sdk.resource;
    exports liquibase.sdk.supplier.resource;
    exports liquibase.serializer;
    exports liquibase.serializer.core.formattedsql;
    exports liquibase.serializer.core.json;
    exports liquibase.serializer.core.string;
    exports liquibase.serializer.core.xml;
    exports liquibase.serializer.core.yaml;
    exports liquibase.servicelocator;
    exports liquibase.snapshot;
    exports liquibase.snapshot.jvm;
    exports liquibase.sql;
    exports liquibase.sql.visitor;
    exports liquibase.sqlgenerator;
    exports liquibase.sqlgenerator.core;
    exports liquibase.statement;
    exports liquibase.statement.core;
    exports liquibase.structure;
    exports liquibase.structure.core;
    exports liquibase.ui;
    exports liquibase.util;
    exports liquibase.util.csv;
    exports liquibase.util.file;
    exports liquibase.util.grammar;
    exports liquibase.util.xml;

    // looked up through java.util.ServiceLoader; the last two are nobody's by default
    uses liquibase.analytics.AnalyticsListener;
    uses liquibase.analytics.configuration.AnalyticsConfiguration;
    uses liquibase.change.Change;
    uses liquibase.changelog.ChangeLogHistoryService;
    uses liquibase.changelog.visitor.ValidatingVisitorGenerator;
    uses liquibase.changeset.ChangeSetService;
    uses liquibase.command.CommandStep;
    uses liquibase.command.LiquibaseCommand;
    uses liquibase.command.copy.ProjectCopier;
    uses liquibase.configuration.AutoloadedConfigurations;
    uses liquibase.configuration.ConfigurationValueProvider;
    uses liquibase.database.Database;
    uses liquibase.database.DatabaseConnection;
    uses liquibase.database.LiquibaseTableNames;
    uses liquibase.database.jvm.ConnectionPatterns;
    uses liquibase.datatype.LiquibaseDataType;
    uses liquibase.diff.DiffGenerator;
    uses liquibase.diff.compare.DatabaseObjectComparator;
    uses liquibase.diff.output.changelog.ChangeGenerator;
    uses liquibase.executor.Executor;
    uses liquibase.io.OutputFileHandler;
    uses liquibase.license.LicenseService;
    uses liquibase.lockservice.LockService;
    uses liquibase.logging.LogService;
    uses liquibase.logging.mdc.CustomMdcObject;
    uses liquibase.logging.mdc.MdcManager;
    uses liquibase.parser.ChangeLogParser;
    uses liquibase.parser.LiquibaseSqlParser;
    uses liquibase.parser.NamespaceDetails;
    uses liquibase.parser.SnapshotParser;
    uses liquibase.precondition.Precondition;
    uses liquibase.report.ShowSummaryGenerator;
    uses liquibase.resource.PathHandler;
    uses liquibase.serializer.ChangeLogSerializer;
    uses liquibase.serializer.SnapshotSerializer;
    uses liquibase.servicelocator.ServiceLocator;
    uses liquibase.snapshot.SnapshotGenerator;
    uses liquibase.sqlgenerator.SqlGenerator;
    uses liquibase.structure.DatabaseObject;
    uses liquibase.configuration.ConfiguredValueModifier;
    uses liquibase.ui.UIService;

    // what formatted SQL on PostgreSQL needs of the providers that the jar names
    provides liquibase.change.Change with
            liquibase.change.core.EmptyChange,
            liquibase.change.core.RawSQLChange,
            liquibase.change.core.TagDatabaseChange;
    provides liquibase.changelog.ChangeLogHistoryService with
            liquibase.changelog.StandardChangeLogHistoryService;
    provides liquibase.changelog.visitor.ValidatingVisitorGenerator with
            liquibase.changelog.visitor.StandardValidatingVisitorGenerator;
    provides liquibase.changeset.ChangeSetService with
            liquibase.changeset.StandardChangeSetService;
    provides liquibase.configuration.AutoloadedConfigurations with
            liquibase.GlobalConfiguration,
            liquibase.integration.commandline.LiquibaseCommandLineConfiguration,
            liquibase.logging.core.DefaultLoggerConfiguration,
            liquibase.sql.SqlConfiguration,
            liquibase.parser.ChangeLogParserConfiguration,
            liquibase.license.LicenseTrackingArgs;
    provides liquibase.configuration.ConfigurationValueProvider with
            liquibase.configuration.core.DeprecatedConfigurationValueProvider,
            liquibase.configuration.core.SystemPropertyValueProvider,
            liquibase.configuration.core.ScopeValueProvider,
            liquibase.configuration.core.EnvironmentValueProvider;
    provides liquibase.database.Database with
            liquibase.database.core.PostgresDatabase;
    provides liquibase.database.DatabaseConnection with
            liquibase.database.jvm.JdbcConnection;
    provides liquibase.database.LiquibaseTableNames with
            liquibase.database.StandardLiquibaseTableNames;
    provides liquibase.database.jvm.ConnectionPatterns with
            liquibase.database.jvm.JdbcConnectionPatterns;
    provides liquibase.datatype.LiquibaseDataType with
            liquibase.datatype.core.BigIntType,
            liquibase.datatype.core.BlobType,
            liquibase.datatype.core.BooleanType,
            liquibase.datatype.core.CharType,
            liquibase.datatype.core.ClobType,
            liquibase.datatype.core.CurrencyType,
            liquibase.datatype.core.DatabaseFunctionType,
            liquibase.datatype.core.DateTimeType,
            liquibase.datatype.core.DateType,
            liquibase.datatype.core.DecimalType,
            liquibase.datatype.core.DoubleType,
            liquibase.datatype.core.FloatType,
            liquibase.datatype.core.IntType,
            liquibase.datatype.core.MediumIntType,
            liquibase.datatype.core.NCharType,
            liquibase.datatype.core.NVarcharType,
            liquibase.datatype.core.NumberType,
            liquibase.datatype.core.SmallIntType,
            liquibase.datatype.core.TimeType,
            liquibase.datatype.core.TimestampType,
            liquibase.datatype.core.TinyIntType,
            liquibase.datatype.core.UUIDType,
            liquibase.datatype.core.UnknownType,
            liquibase.datatype.core.VarcharType,
            liquibase.datatype.core.XMLType;
    provides liquibase.diff.compare.DatabaseObjectComparator with
            liquibase.diff.compare.core.CatalogComparator,
            liquibase.diff.compare.core.ColumnComparator,
            liquibase.diff.compare.core.DefaultDatabaseObjectComparator,
            liquibase.diff.compare.core.ForeignKeyComparator,
            liquibase.diff.compare.core.IndexComparator,
            liquibase.diff.compare.core.PrimaryKeyComparator,
            liquibase.diff.compare.core.SchemaComparator,
            liquibase.diff.compare.core.TableComparator,
            liquibase.diff.compare.core.UniqueConstraintComparator;
    provides liquibase.executor.Executor with
            liquibase.executor.jvm.JdbcExecutor;
    provides liquibase.lockservice.LockService with
            liquibase.lockservice.LockServiceImpl,
            liquibase.lockservice.StandardLockService;
    provides liquibase.logging.LogService with
            liquibase.logging.core.JavaLogService;
    provides liquibase.logging.mdc.CustomMdcObject with
            liquibase.logging.mdc.customobjects.Version,
            liquibase.logging.mdc.customobjects.UpdateSummary,
            liquibase.logging.mdc.customobjects.SimpleStatus,
            liquibase.logging.mdc.customobjects.ChangesetsRolledback,
            liquibase.logging.mdc.customobjects.MdcChangeset,
            liquibase.logging.mdc.customobjects.RollbackSqlFile,
            liquibase.logging.mdc.customobjects.History,
            liquibase.logging.mdc.customobjects.DuplicateChangesets,
            liquibase.logging.mdc.customobjects.ExceptionDetails,
            liquibase.logging.mdc.customobjects.MdcChangesetExtended,
            liquibase.logging.mdc.customobjects.Status,
            liquibase.logging.mdc.customobjects.DiffResultsSummary,
            liquibase.logging.mdc.customobjects.ChangesetsUpdated;
    provides liquibase.logging.mdc.MdcManager with
            liquibase.logging.mdc.NoOpMdcManager;
    provides liquibase.parser.ChangeLogParser with
            liquibase.parser.core.formattedsql.FormattedSqlChangeLogParser,
            liquibase.parser.core.sql.SqlChangeLogParser;
    provides liquibase.parser.LiquibaseSqlParser with
            liquibase.util.StandardSqlParser;
    provides liquibase.precondition.Precondition with
            liquibase.precondition.CustomPreconditionWrapper,
            liquibase.precondition.core.AndPrecondition,
            liquibase.precondition.core.ChangeLogPropertyDefinedPrecondition,
            liquibase.precondition.core.ChangeSetExecutedPrecondition,
            liquibase.precondition.core.ColumnExistsPrecondition,
            liquibase.precondition.core.DBMSPrecondition,
            liquibase.precondition.core.ForeignKeyExistsPrecondition,
            liquibase.precondition.core.IndexExistsPrecondition,
            liquibase.precondition.core.NotPrecondition,
            liquibase.precondition.core.ObjectQuotingStrategyPrecondition,
            liquibase.precondition.core.OrPrecondition,
            liquibase.precondition.core.PreconditionContainer,
            liquibase.precondition.core.PrimaryKeyExistsPrecondition,
            liquibase.precondition.core.RowCountPrecondition,
            liquibase.precondition.core.RunningAsPrecondition,
            liquibase.precondition.core.SequenceExistsPrecondition,
            liquibase.precondition.core.SqlPrecondition,
            liquibase.precondition.core.TableExistsPrecondition,
            liquibase.precondition.core.TableIsEmptyPrecondition,
            liquibase.precondition.core.UniqueConstraintExistsPrecondition,
            liquibase.precondition.core.ViewExistsPrecondition;
    provides liquibase.report.ShowSummaryGenerator with
            liquibase.report.StandardShowSummaryGenerator;
    provides liquibase.resource.PathHandler with
            liquibase.resource.DirectoryPathHandler,
            liquibase.resource.ZipPathHandler;
    provides liquibase.serializer.ChangeLogSerializer with
            liquibase.serializer.core.formattedsql.FormattedSqlChangeLogSerializer,
            liquibase.serializer.core.string.StringChangeLogSerializer;
    provides liquibase.servicelocator.ServiceLocator with
            liquibase.servicelocator.StandardServiceLocator;
    provides liquibase.snapshot.SnapshotGenerator with
            liquibase.snapshot.jvm.CatalogSnapshotGenerator,
            liquibase.snapshot.jvm.ColumnSnapshotGenerator,
            liquibase.snapshot.jvm.DataSnapshotGenerator,
            liquibase.snapshot.jvm.ForeignKeySnapshotGenerator,
            liquibase.snapshot.jvm.IndexSnapshotGenerator,
            liquibase.snapshot.jvm.PrimaryKeySnapshotGenerator,
            liquibase.snapshot.jvm.SchemaSnapshotGenerator,
            liquibase.snapshot.jvm.SequenceSnapshotGenerator,
            liquibase.snapshot.jvm.TableSnapshotGenerator,
            liquibase.snapshot.jvm.UniqueConstraintSnapshotGenerator,
            liquibase.snapshot.jvm.ViewSnapshotGenerator;
    provides liquibase.sqlgenerator.SqlGenerator with
            liquibase.sqlgenerator.core.AddAutoIncrementGenerator,
            liquibase.sqlgenerator.core.AddColumnGenerator,
            liquibase.sqlgenerator.core.AddDefaultValueGenerator,
            liquibase.sqlgenerator.core.AddDefaultValueGeneratorPostgres,
            liquibase.sqlgenerator.core.AddForeignKeyConstraintGenerator,
            liquibase.sqlgenerator.core.AddPrimaryKeyGenerator,
            liquibase.sqlgenerator.core.AddUniqueConstraintGenerator,
            liquibase.sqlgenerator.core.AlterSequenceGenerator,
            liquibase.sqlgenerator.core.BatchDmlExecutablePreparedStatementGenerator,
            liquibase.sqlgenerator.core.ClearDatabaseChangeLogTableGenerator,
            liquibase.sqlgenerator.core.CommentGenerator,
            liquibase.sqlgenerator.core.CopyRowsGenerator,
            liquibase.sqlgenerator.core.CreateDatabaseChangeLogLockTableGenerator,
            liquibase.sqlgenerator.core.CreateDatabaseChangeLogTableGenerator,
            liquibase.sqlgenerator.core.CreateIndexGenerator,
            liquibase.sqlgenerator.core.CreateIndexGeneratorPostgres,
            liquibase.sqlgenerator.core.CreateProcedureGenerator,
            liquibase.sqlgenerator.core.CreateSequenceGenerator,
            liquibase.sqlgenerator.core.CreateTableGenerator,
            liquibase.sqlgenerator.core.CreateViewGenerator,
            liquibase.sqlgenerator.core.DeleteGenerator,
            liquibase.sqlgenerator.core.DropColumnGenerator,
            liquibase.sqlgenerator.core.DropDefaultValueGenerator,
            liquibase.sqlgenerator.core.DropForeignKeyConstraintGenerator,
            liquibase.sqlgenerator.core.DropIndexGenerator,
            liquibase.sqlgenerator.core.DropPrimaryKeyGenerator,
            liquibase.sqlgenerator.core.DropProcedureGenerator,
            liquibase.sqlgenerator.core.DropSequenceGenerator,
            liquibase.sqlgenerator.core.DropTableGenerator,
            liquibase.sqlgenerator.core.DropUniqueConstraintGenerator,
            liquibase.sqlgenerator.core.DropViewGenerator,
            liquibase.sqlgenerator.core.GetNextChangeSetSequenceValueGenerator,
            liquibase.sqlgenerator.core.GetViewDefinitionGenerator,
            liquibase.sqlgenerator.core.GetViewDefinitionGeneratorPostgres,
            liquibase.sqlgenerator.core.InitializeDatabaseChangeLogLockTableGenerator,
            liquibase.sqlgenerator.core.InsertDataChangeGenerator,
            liquibase.sqlgenerator.core.InsertGenerator,
            liquibase.sqlgenerator.core.InsertOrUpdateGeneratorPostgres,
            liquibase.sqlgenerator.core.InsertSetGenerator,
            liquibase.sqlgenerator.core.LockDatabaseChangeLogGenerator,
            liquibase.sqlgenerator.core.MarkChangeSetRanGenerator,
            liquibase.sqlgenerator.core.ModifyDataTypeGenerator,
            liquibase.sqlgenerator.core.RawParameterizedSqlGenerator,
            liquibase.sqlgenerator.core.RawSqlGenerator,
            liquibase.sqlgenerator.core.RemoveChangeSetRanStatusGenerator,
            liquibase.sqlgenerator.core.RenameColumnGenerator,
            liquibase.sqlgenerator.core.RenameSequenceGenerator,
            liquibase.sqlgenerator.core.RenameTableGenerator,
            liquibase.sqlgenerator.core.RenameViewGenerator,
            liquibase.sqlgenerator.core.RuntimeGenerator,
            liquibase.sqlgenerator.core.SelectFromDatabaseChangeLogGenerator,
            liquibase.sqlgenerator.core.SelectFromDatabaseChangeLogLockGenerator,
            liquibase.sqlgenerator.core.SetColumnRemarksGenerator,
            liquibase.sqlgenerator.core.SetNullableGenerator,
            liquibase.sqlgenerator.core.SetTableRemarksGenerator,
            liquibase.sqlgenerator.core.SetViewRemarksGenerator,
            liquibase.sqlgenerator.core.StoredProcedureGenerator,
            liquibase.sqlgenerator.core.TableIsEmptyGenerator,
            liquibase.sqlgenerator.core.TableRowCountGenerator,
            liquibase.sqlgenerator.core.TagDatabaseGenerator,
            liquibase.sqlgenerator.core.UnlockDatabaseChangeLogGenerator,
            liquibase.sqlgenerator.core.UpdateChangeSetChecksumGenerator,
            liquibase.sqlgenerator.core.UpdateChangeSetFilenameGenerator,
            liquibase.sqlgenerator.core.UpdateDataChangeGenerator,
            liquibase.sqlgenerator.core.UpdateGenerator;
    provides liquibase.structure.DatabaseObject with
            liquibase.structure.core.Catalog,
            liquibase.structure.core.Column,
            liquibase.structure.core.Data,
            liquibase.structure.core.ForeignKey,
            liquibase.structure.core.Index,
            liquibase.structure.core.PrimaryKey,
            liquibase.structure.core.Schema,
            liquibase.structure.core.Sequence,
            liquibase.structure.core.StoredProcedure,
            liquibase.structure.core.Table,
            liquibase.structure.core.UniqueConstraint,
            liquibase.structure.core.View;
}
