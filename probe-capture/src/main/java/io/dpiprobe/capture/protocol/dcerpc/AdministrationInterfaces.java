// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import java.util.List;

/** Lists the interfaces of services, tasks, registry, event log, shares, printers and file systems. */
final class AdministrationInterfaces {
    static final List<RpcInterface> ALL = List.of(
            // [MS-SCMR], 3.1.4
            RpcInterface.of("svcctl", "367abb81-9844-35f1-ad32-98f038001003", """
                    RCloseServiceHandle RControlService RDeleteService RLockServiceDatabase
                    RQueryServiceObjectSecurity RSetServiceObjectSecurity RQueryServiceStatus RSetServiceStatus
                    RUnlockServiceDatabase RNotifyBootConfigStatus - RChangeServiceConfigW RCreateServiceW
                    REnumDependentServicesW REnumServicesStatusW ROpenSCManagerW ROpenServiceW RQueryServiceConfigW
                    RQueryServiceLockStatusW RStartServiceW RGetServiceDisplayNameW RGetServiceKeyNameW -
                    RChangeServiceConfigA RCreateServiceA REnumDependentServicesA REnumServicesStatusA
                    ROpenSCManagerA ROpenServiceA RQueryServiceConfigA RQueryServiceLockStatusA RStartServiceA
                    RGetServiceDisplayNameA RGetServiceKeyNameA - REnumServiceGroupW RChangeServiceConfig2A
                    RChangeServiceConfig2W RQueryServiceConfig2A RQueryServiceConfig2W RQueryServiceStatusEx
                    REnumServicesStatusExA REnumServicesStatusExW - RCreateServiceWOW64A RCreateServiceWOW64W -
                    RNotifyServiceStatusChange RGetNotifyResults RCloseNotifyHandle RControlServiceExA
                    RControlServiceExW -4 RQueryServiceConfigEx -3 RCreateWowService -3 ROpenSCManager2
                    """),
            // [MS-TSCH], 3.2.5
            RpcInterface.of(
                    "atsvc",
                    "1ff70682-0a51-30e8-076d-740be8cee98b",
                    "NetrJobAdd NetrJobDel NetrJobEnum NetrJobGetInfo"),
            RpcInterface.of("sasec", "378e52b0-c0a9-11cf-822d-00aa0051e40f", """
                    SASetAccountInformation SASetNSAccountInformation SAGetNSAccountInformation
                    SAGetAccountInformation
                    """),
            RpcInterface.of("ITaskSchedulerService", "86d35949-83c9-4044-b424-db363231fd0c", """
                    SchRpcHighestVersion SchRpcRegisterTask SchRpcRetrieveTask SchRpcCreateFolder SchRpcSetSecurity
                    SchRpcGetSecurity SchRpcEnumFolders SchRpcEnumTasks SchRpcEnumInstances SchRpcGetInstanceInfo
                    SchRpcStopInstance SchRpcStop SchRpcRun SchRpcDelete SchRpcRename SchRpcScheduledRuntimes
                    SchRpcGetLastRunInfo SchRpcGetTaskInfo SchRpcGetNumberOfMissedRuns SchRpcEnableTask
                    """),
            // [MS-RRP], 3.1.5, and [MS-RSP], 3.3.4
            RpcInterface.of("winreg", "338cd001-2244-31f1-aaaa-900038001003", """
                    OpenClassesRoot OpenCurrentUser OpenLocalMachine OpenPerformanceData OpenUsers BaseRegCloseKey
                    BaseRegCreateKey BaseRegDeleteKey BaseRegDeleteValue BaseRegEnumKey BaseRegEnumValue
                    BaseRegFlushKey BaseRegGetKeySecurity BaseRegLoadKey - BaseRegOpenKey BaseRegQueryInfoKey
                    BaseRegQueryValue BaseRegReplaceKey BaseRegRestoreKey BaseRegSaveKey BaseRegSetKeySecurity
                    BaseRegSetValue BaseRegUnLoadKey BaseInitiateSystemShutdown BaseAbortSystemShutdown
                    BaseRegGetVersion OpenCurrentConfig - BaseRegQueryMultipleValues BaseInitiateSystemShutdownEx BaseRegSaveKeyEx OpenPerformanceText OpenPerformanceNlsText
                    BaseRegQueryMultipleValues2 BaseRegDeleteKeyEx
                    """),
            // [MS-EVEN], 3.1.4
            RpcInterface.of("eventlog", "82273fdc-e32a-18c3-3f78-827929dc23ea", """
                    ElfrClearELFW ElfrBackupELFW ElfrCloseEL ElfrDeregisterEventSource ElfrNumberOfRecords
                    ElfrOldestRecord ElfrChangeNotify ElfrOpenELW ElfrRegisterEventSourceW ElfrOpenBELW ElfrReadELW
                    ElfrReportEventW ElfrClearELFA ElfrBackupELFA ElfrOpenELA ElfrRegisterEventSourceA ElfrOpenBELA
                    ElfrReadELA ElfrReportEventA -3 ElfrGetLogInformation - ElfrReportEventAndSourceW
                    ElfrReportEventExW ElfrReportEventExA
                    """),
            // [MS-EVEN6], 3.1.4
            RpcInterface.of("IEventService", "f6beaff7-1e19-4fbb-9f8f-b89e2018337c", """
                    EvtRpcRegisterRemoteSubscription EvtRpcRemoteSubscriptionNextAsync EvtRpcRemoteSubscriptionNext
                    EvtRpcRemoteSubscriptionWaitAsync EvtRpcRegisterControllableOperation EvtRpcRegisterLogQuery
                    EvtRpcClearLog EvtRpcExportLog EvtRpcLocalizeExportLog EvtRpcMessageRender
                    EvtRpcMessageRenderDefault EvtRpcQueryNext EvtRpcQuerySeek EvtRpcClose EvtRpcCancel
                    EvtRpcAssertConfig EvtRpcRetractConfig EvtRpcOpenLogHandle EvtRpcGetLogFileInfo
                    EvtRpcGetChannelList EvtRpcGetChannelConfig EvtRpcPutChannelConfig EvtRpcGetPublisherList
                    EvtRpcGetPublisherListForChannel EvtRpcGetPublisherMetadata
                    EvtRpcGetPublisherResourceMetadata EvtRpcGetEventMetadataEnum EvtRpcGetNextEventMetadata
                    EvtRpcGetClassicLogDisplayName
                    """),
            // [MS-SRVS], 3.1.4
            RpcInterface.of("srvsvc", "4b324fc8-1670-01d3-1278-5a47bf6ee188", """
                    -8 NetrConnectionEnum NetrFileEnum NetrFileGetInfo NetrFileClose NetrSessionEnum NetrSessionDel
                    NetrShareAdd NetrShareEnum NetrShareGetInfo NetrShareSetInfo NetrShareDel NetrShareDelSticky
                    NetrShareCheck NetrServerGetInfo NetrServerSetInfo NetrServerDiskEnum NetrServerStatisticsGet
                    NetrServerTransportAdd NetrServerTransportEnum NetrServerTransportDel NetrRemoteTOD -
                    NetprPathType NetprPathCanonicalize NetprPathCompare NetprNameValidate NetprNameCanonicalize
                    NetprNameCompare NetrShareEnumSticky NetrShareDelStart NetrShareDelCommit NetrpGetFileSecurity
                    NetrpSetFileSecurity NetrServerTransportAddEx - NetrDfsGetVersion NetrDfsCreateLocalPartition
                    NetrDfsDeleteLocalPartition NetrDfsSetLocalVolumeState - NetrDfsCreateExitPoint
                    NetrDfsDeleteExitPoint NetrDfsModifyPrefix NetrDfsFixLocalVolume NetrDfsManagerReportSiteInfo
                    NetrServerTransportDelEx NetrServerAliasAdd NetrServerAliasEnum NetrServerAliasDel
                    NetrShareDelEx
                    """),
            // [MS-WKST], 3.2.4
            RpcInterface.of("wkssvc", "6bffd098-a112-3610-9833-46c3f87e345a", """
                    NetrWkstaGetInfo NetrWkstaSetInfo NetrWkstaUserEnum -2 NetrWkstaTransportEnum
                    NetrWkstaTransportAdd NetrWkstaTransportDel NetrUseAdd NetrUseGetInfo NetrUseDel NetrUseEnum -
                    NetrWorkstationStatisticsGet -6 NetrGetJoinInformation - NetrJoinDomain2 NetrUnjoinDomain2
                    NetrRenameMachineInDomain2 NetrValidateName2 NetrGetJoinableOUs2 NetrAddAlternateComputerName
                    NetrRemoveAlternateComputerName NetrSetPrimaryComputerName NetrEnumerateComputerNames
                    """),
            // [MS-DFSNM], 3.1.4
            RpcInterface.of("netdfs", "4fc742e0-4a10-11cf-8273-00aa004ae673", """
                    NetrDfsManagerGetVersion NetrDfsAdd NetrDfsRemove NetrDfsSetInfo NetrDfsGetInfo NetrDfsEnum
                    NetrDfsMove -3 NetrDfsAddFtRoot NetrDfsRemoveFtRoot NetrDfsAddStdRoot NetrDfsRemoveStdRoot
                    NetrDfsManagerInitialize NetrDfsAddStdRootForced NetrDfsGetDcAddress NetrDfsSetDcAddress
                    NetrDfsFlushFtTable NetrDfsAdd2 NetrDfsRemove2 NetrDfsEnumEx NetrDfsSetInfo2
                    NetrDfsAddRootTarget NetrDfsRemoveRootTarget NetrDfsGetSupportedNamespaceVersion
                    """),
            // [MS-RPRN], 3.1.4
            RpcInterface.of("spoolss", "12345678-1234-abcd-ef00-0123456789ab", """
                    RpcEnumPrinters RpcOpenPrinter RpcSetJob RpcGetJob RpcEnumJobs RpcAddPrinter RpcDeletePrinter
                    RpcSetPrinter RpcGetPrinter RpcAddPrinterDriver RpcEnumPrinterDrivers RpcGetPrinterDriver
                    RpcGetPrinterDriverDirectory RpcDeletePrinterDriver RpcAddPrintProcessor RpcEnumPrintProcessors
                    RpcGetPrintProcessorDirectory RpcStartDocPrinter RpcStartPagePrinter RpcWritePrinter
                    RpcEndPagePrinter RpcAbortPrinter RpcReadPrinter RpcEndDocPrinter RpcAddJob RpcScheduleJob
                    RpcGetPrinterData RpcSetPrinterData RpcWaitForPrinterChange RpcClosePrinter RpcAddForm
                    RpcDeleteForm RpcGetForm RpcSetForm RpcEnumForms RpcEnumPorts RpcEnumMonitors -2 RpcDeletePort
                    RpcCreatePrinterIC RpcPlayGdiScriptOnPrinterIC RpcDeletePrinterIC -3
                    RpcAddMonitor RpcDeleteMonitor RpcDeletePrintProcessor -2 RpcEnumPrintProcessorDatatypes
                    RpcResetPrinter RpcGetPrinterDriver2 -2 RpcFindClosePrinterChangeNotification -
                    RpcReplyOpenPrinter RpcRouterReplyPrinter RpcReplyClosePrinter RpcAddPortEx
                    RpcRemoteFindFirstPrinterChangeNotification -2
                    RpcRemoteFindFirstPrinterChangeNotificationEx RpcRouterReplyPrinterEx
                    RpcRouterRefreshPrinterChangeNotification - RpcOpenPrinterEx RpcAddPrinterEx RpcSetPort
                    RpcEnumPrinterData RpcDeletePrinterData -3 RpcSetPrinterDataEx RpcGetPrinterDataEx
                    RpcEnumPrinterDataEx RpcEnumPrinterKey RpcDeletePrinterDataEx RpcDeletePrinterKey -
                    RpcDeletePrinterDriverEx RpcAddPerMachineConnection RpcDeletePerMachineConnection
                    RpcEnumPerMachineConnections RpcXcvData RpcAddPrinterDriverEx
                    """),
            // [MS-PAR], 3.1.4
            RpcInterface.of("IRemoteWinspool", "76f03f96-cdfd-44fc-a22c-64950a001209", """
                    RpcAsyncOpenPrinter RpcAsyncAddPrinter RpcAsyncSetJob RpcAsyncGetJob RpcAsyncEnumJobs
                    RpcAsyncAddJob RpcAsyncScheduleJob RpcAsyncDeletePrinter RpcAsyncSetPrinter
                    RpcAsyncGetPrinter RpcAsyncStartDocPrinter RpcAsyncStartPagePrinter RpcAsyncWritePrinter
                    RpcAsyncEndPagePrinter RpcAsyncEndDocPrinter RpcAsyncAbortPrinter RpcAsyncGetPrinterData
                    RpcAsyncGetPrinterDataEx RpcAsyncSetPrinterData RpcAsyncSetPrinterDataEx RpcAsyncClosePrinter
                    RpcAsyncAddForm RpcAsyncDeleteForm RpcAsyncGetForm RpcAsyncSetForm RpcAsyncEnumForms
                    RpcAsyncGetPrinterDriver RpcAsyncEnumPrinterData RpcAsyncEnumPrinterDataEx
                    RpcAsyncEnumPrinterKey RpcAsyncDeletePrinterData RpcAsyncDeletePrinterDataEx
                    RpcAsyncDeletePrinterKey RpcAsyncXcvData RpcAsyncSendRecvBidiData RpcAsyncCreatePrinterIC
                    RpcAsyncPlayGdiScriptOnPrinterIC RpcAsyncDeletePrinterIC RpcAsyncEnumPrinters
                    RpcAsyncAddPrinterDriver RpcAsyncEnumPrinterDrivers RpcAsyncGetPrinterDriverDirectory
                    RpcAsyncDeletePrinterDriver RpcAsyncDeletePrinterDriverEx RpcAsyncAddPrintProcessor
                    RpcAsyncEnumPrintProcessors RpcAsyncGetPrintProcessorDirectory RpcAsyncEnumPorts
                    RpcAsyncEnumMonitors RpcAsyncAddPort RpcAsyncSetPort RpcAsyncAddMonitor
                    RpcAsyncDeleteMonitor RpcAsyncDeletePrintProcessor RpcAsyncEnumPrintProcessorDatatypes
                    RpcAsyncAddPerMachineConnection RpcAsyncDeletePerMachineConnection
                    RpcAsyncEnumPerMachineConnections -4 RpcAsyncInstallPrinterDriverFromPackage
                    RpcAsyncUploadPrinterDriverPackage
                    """),
            // [MS-EFSR], 3.1.4: two UUIDs for one interface
            RpcInterface.of("efsrpc", "c681d488-d850-11d0-8c52-00c04fd90f7e", efsrpc()),
            RpcInterface.of("efsrpc", "df1941c5-fe89-4e79-bf10-463657acf44d", efsrpc()),
            // [MS-FSRVP], 3.1.4
            RpcInterface.of("FileServerVssAgent", "a8e0653c-2744-4389-a61d-7373df8b2292", """
                    GetSupportedVersion SetContext StartShadowCopySet AddToShadowCopySet CommitShadowCopySet
                    ExposeShadowCopySet RecoveryCompleteShadowCopySet AbortShadowCopySet IsPathSupported
                    IsPathShadowCopied GetShareMapping DeleteShareMapping PrepareShadowCopySet
                    """),
            // [MS-RSP], 3.2.4
            RpcInterface.of(
                    "InitShutdown",
                    "894de0c0-0d55-11d3-a322-00c04fa321a1",
                    "BaseInitiateShutdown BaseAbortShutdown BaseInitiateShutdownEx"),
            RpcInterface.of(
                    "WindowsShutdown",
                    "d95afe70-a6d5-4259-822e-2c84da1ddb0d",
                    "WsdrInitiateShutdown WsdrAbortShutdown"));

    private AdministrationInterfaces() {}

    private static String efsrpc() {
        return """
                EfsRpcOpenFileRaw EfsRpcReadFileRaw EfsRpcWriteFileRaw EfsRpcCloseRaw EfsRpcEncryptFileSrv
                EfsRpcDecryptFileSrv EfsRpcQueryUsersOnFile EfsRpcQueryRecoveryAgents EfsRpcRemoveUsersFromFile
                EfsRpcAddUsersToFile - EfsRpcNotSupported EfsRpcFileKeyInfo EfsRpcDuplicateEncryptionInfoFile -
                EfsRpcAddUsersToFileEx EfsRpcFileKeyInfoEx - EfsRpcGetEncryptedFileMetadata
                EfsRpcSetEncryptedFileMetadata EfsRpcFlushEfsCache EfsRpcEncryptFileExSrv EfsRpcQueryProtectors
                """;
    }
}
